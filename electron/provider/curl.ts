/** What stands in a line for a shell where the key would be: the name of a variable. */
export const KEY_VARIABLE = '$SLICE_API_KEY';

/** A header as it may be shown: a secret in it is masked. */
export interface ShownHeader {
  readonly name: string;
  readonly value: string;
}

/** A request as a line for a POSIX shell. A header that names `KEY_VARIABLE` takes the key from it. */
export function curlLine(url: string, headers: readonly ShownHeader[], body: string): string {
  const shown = headers.map(({ name, value }) =>
    value.includes(KEY_VARIABLE) ? `-H "${name}: ${value}"` : `-H ${quoted(`${name}: ${value}`)}`,
  );
  return [`curl -X POST ${quoted(url)}`, ...shown, `--data-raw ${quoted(body)}`].join(' \\\n  ');
}

/** Within single quotes nothing means anything to a shell but the quote itself. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
