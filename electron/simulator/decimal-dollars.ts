/** Digits behind the point of one dollar in nano-dollars (10⁻⁹ USD). */
const NANO_DIGITS = 9;

/**
 * An amount of nano-dollars as decimal dollars with exactly the digits it has ("0.001878", "0"), fit
 * to stand as a number in JSON. No floating point is involved, unlike with JSON.stringify.
 */
export function exactDollars(nano: bigint): string {
  const [whole = '0', fraction = ''] = fixedDollars(nano, NANO_DIGITS).split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? whole : `${whole}.${digits}`;
}

/** The same with at least `places` digits behind the point: "0.00187800" for eight. */
export function fixedDollars(nano: bigint, places: number): string {
  const digits = nano.toString().padStart(NANO_DIGITS + 1, '0');
  const whole = digits.slice(0, -NANO_DIGITS);
  let fraction = digits.slice(-NANO_DIGITS);
  while (fraction.length > places && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
  return `${whole}.${fraction.padEnd(places, '0')}`;
}
