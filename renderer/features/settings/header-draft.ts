import { type collectorHeaderName, headerName, MAX_HEADERS } from '../../../shared/endpoint';

/** One extra header as it stands in the form. */
export interface HeaderDraft {
  /** Tells rows apart while their names are being typed. */
  readonly id: number;
  readonly name: string;
  /** What was typed; empty for a saved one whose value stays as it is. */
  readonly value: string;
  /** It is stored already. Its value never comes back, and its name does not change. */
  readonly saved: boolean;
}

export type HeaderProblem =
  | 'nameEmpty'
  | 'notAName'
  | 'reserved'
  | 'twice'
  | 'valueEmpty'
  | 'valueNotAscii';

export function savedHeaders(names: readonly string[]): readonly HeaderDraft[] {
  return names.map((name, id) => ({ id, name, value: '', saved: true }));
}

/** The list with an empty row at its end; the same list when it is full. */
export function withNewHeader(headers: readonly HeaderDraft[]): readonly HeaderDraft[] {
  if (headers.length >= MAX_HEADERS) return headers;
  const id = Math.max(-1, ...headers.map((header) => header.id)) + 1;
  return [...headers, { id, name: '', value: '', saved: false }];
}

/** What is wrong with each header that something is wrong with. `allowed` says which names there are. */
export function headerProblems(
  headers: readonly HeaderDraft[],
  allowed: typeof headerName | typeof collectorHeaderName = headerName,
): ReadonlyMap<number, HeaderProblem> {
  const problems = new Map<number, HeaderProblem>();
  const seen = new Set<string>();
  for (const header of headers) {
    const name = header.name.trim().toLowerCase();
    const problem = header.saved ? null : nameProblem(name, seen, allowed);
    const found = problem ?? valueProblem(header);
    if (found !== null) problems.set(header.id, found);
    seen.add(name);
  }
  return problems;
}

function nameProblem(
  name: string,
  seen: ReadonlySet<string>,
  allowed: typeof headerName | typeof collectorHeaderName,
): HeaderProblem | null {
  if (name === '') return 'nameEmpty';
  if (seen.has(name)) return 'twice';
  const known = allowed.safeParse(name);
  if (known.success) return null;
  return known.error.issues.some((issue) => issue.message === 'reserved') ? 'reserved' : 'notAName';
}

function valueProblem({ value, saved }: HeaderDraft): HeaderProblem | null {
  if (value.trim() === '') return saved && value === '' ? null : 'valueEmpty';
  return /^[\x20-\x7e]*$/.test(value.trim()) ? null : 'valueNotAscii';
}

export interface HeaderChange {
  /** Name and value of what is set anew. */
  readonly set: readonly { readonly name: string; readonly value: string }[];
  readonly remove: readonly string[];
}

/** What has to be done to the stored headers so that they become those of the form. */
export function headerChange(
  headers: readonly HeaderDraft[],
  stored: readonly string[],
): HeaderChange {
  const set = headers
    .filter((header) => !header.saved || header.value !== '')
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }));
  const kept = new Set(headers.map((header) => header.name.trim().toLowerCase()));
  return { set, remove: stored.filter((name) => !kept.has(name.toLowerCase())) };
}
