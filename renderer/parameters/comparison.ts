/** What a setting is compared with: a preset's value, or the default where no preset was chosen. */
export interface Comparison<Value> {
  readonly value: Value;
  /** Whether a preset says so; its value is then named where one can go back to it. */
  readonly ofPreset: boolean;
}

/** Whether two settings would be sent alike. The order of an object's fields says nothing. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  const others = new Map(Object.entries(b));
  return (
    keys.length === others.size &&
    Object.entries(a).every(([key, value]) => others.has(key) && sameValue(value, others.get(key)))
  );
}
