/** One line of a picker. */
export interface PickerOption {
  readonly value: string;
  readonly label: string;
  /** A figure or a word at the right. */
  readonly hint?: string;
  /** A second line, with a figure or a word at its right. */
  readonly detail?: string;
  readonly detailHint?: string;
  /** Neighbouring options of the same group stand below one heading. */
  readonly group?: string;
  /** More words it is found by. */
  readonly keywords?: string;
  readonly disabled?: boolean;
}

export interface PickerGroup {
  readonly heading: string | null;
  readonly options: readonly PickerOption[];
}

/**
 * The options that contain every typed word, in their order; the one that is the text comes first,
 * then those that begin with it.
 */
export function matchingOptions(
  options: readonly PickerOption[],
  typed: string,
): readonly PickerOption[] {
  const text = typed.trim().toLowerCase();
  if (text === '') return options;
  const words = text.split(/\s+/);
  const found = options.filter((option) => {
    const haystack =
      `${option.label} ${option.value} ${option.group ?? ''} ${option.keywords ?? ''}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const rank = (option: PickerOption) => {
    const label = option.label.toLowerCase();
    if (label === text) return 0;
    return label.startsWith(text) ? 1 : 2;
  };
  return found.toSorted((a, b) => rank(a) - rank(b));
}

/** At most `limit` options, the chosen one always among them. */
export function firstOptions(
  options: readonly PickerOption[],
  value: string | null,
  limit: number,
): readonly PickerOption[] {
  if (options.length <= limit) return options;
  const first = options.slice(0, limit);
  const chosen = options.slice(limit).find((option) => option.value === value);
  return chosen ? [chosen, ...first.slice(0, -1)] : first;
}

/** Runs of neighbours with the same group. */
export function groupedOptions(options: readonly PickerOption[]): readonly PickerGroup[] {
  const groups: { heading: string | null; options: PickerOption[] }[] = [];
  for (const option of options) {
    const heading = option.group ?? null;
    const last = groups.at(-1);
    if (last && last.heading === heading) last.options.push(option);
    else groups.push({ heading, options: [option] });
  }
  return groups;
}
