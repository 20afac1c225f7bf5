/**
 * `npm run bench -- NAME [--json] [options of the bench]`
 * @param {string[]} args
 */
export function readBenchArguments(args) {
  const json = args.includes('--json');
  const name = args.find((arg) => !arg.startsWith('-'));
  const at = args.indexOf(name);
  const rest = args.filter(
    (arg, index) => arg !== '--json' && (name === undefined || index !== at),
  );
  return { name, json, rest };
}

/**
 * Splits what a bench printed into its result and all that came before.
 * @param {string} output
 * @returns {{ result: string | undefined, before: string }} `result` is undefined unless the last
 *   line is one JSON object
 */
export function splitResult(output) {
  const trimmed = output.trimEnd();
  const line = trimmed.lastIndexOf('\n') + 1;
  const last = trimmed.slice(line);
  try {
    const value = JSON.parse(last);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return { result: last, before: trimmed.slice(0, line) };
    }
  } catch {
    // Not a result: told by the caller.
  }
  return { result: undefined, before: output };
}
