/** A variable in a preset or a prompt: `{{name}}`, letters, digits, `_` and `-`, blanks around it allowed. */
const VARIABLE = /\{\{\s*([\p{L}\p{N}_-]{1,60})\s*\}\}/gu;

/** The variables of texts, each once, in the order they come. */
export function variablesOf(...texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name]) => name ?? ''));
  return [...new Set(names)];
}

/** A text with its variables replaced; one without a value stays as it is. What is put in is not read again. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(VARIABLE, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
