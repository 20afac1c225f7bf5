import type { MatchConfidence } from '../../shared/contract/billing';
import type { OpenEntry, OpenRun } from '../store/queries/billing-match';

/** How well an entry of a bill fits a run, time aside; a higher level says more. */
export interface Evidence {
  readonly confidence: MatchConfidence;
  readonly level: number;
}

type Agreement = 'same' | 'other' | 'unknown';

const CERTAIN: Evidence = { confidence: 'certain', level: 3 };
const SAME_COUNTS: Evidence = { confidence: 'likely', level: 2 };
const SAME_MODEL: Evidence = { confidence: 'likely', level: 1 };

/** What speaks for an entry being a run's; null when something speaks against it, or too little for it. */
export function evidenceFor(run: OpenRun, entry: OpenEntry): Evidence | null {
  const counts = countsAgree(run, entry);
  if (counts === 'other') return null;
  const model = modelsAgree(run, entry);
  const provider = agree(
    nameOf(run.servedProvider ?? run.requestedProvider),
    nameOf(entry.provider),
  );
  if (model === 'same' && provider !== 'other') return counts === 'same' ? CERTAIN : SAME_MODEL;
  return counts === 'same' ? SAME_COUNTS : null;
}

/** Prompt and reply by their tokens or, where one side has none, by their characters. */
function countsAgree(run: OpenRun, entry: OpenEntry): Agreement {
  const prompt = countAgrees(
    [run.promptTokens, entry.promptTokens],
    [run.promptCharacters, entry.promptCharacters],
  );
  const reply = countAgrees(
    [run.completionTokens, entry.completionTokens],
    [run.responseCharacters, entry.responseCharacters],
  );
  if (prompt === 'other' || reply === 'other') return 'other';
  return prompt === 'same' && reply === 'same' ? 'same' : 'unknown';
}

type Counted = readonly [number | null, number | null];

function countAgrees(tokens: Counted, characters: Counted): Agreement {
  const byTokens = agree(...tokens);
  return byTokens === 'unknown' ? agree(...characters) : byTokens;
}

function agree<Value>(one: Value | null, other: Value | null): Agreement {
  if (one === null || other === null) return 'unknown';
  return one === other ? 'same' : 'other';
}

function nameOf(name: string | null): string | null {
  return name === null || name === '' ? null : name.toLowerCase();
}

function modelsAgree(run: OpenRun, entry: OpenEntry): Agreement {
  const billed = nameOf(entry.route);
  if (billed === null) return 'unknown';
  const asked = [...run.requestedModel.split(','), run.servedModel ?? ''];
  const same = asked.some((name) => name.trim() !== '' && isSameModel(name.toLowerCase(), billed));
  return same ? 'same' : 'other';
}

/** What stands behind the name of a model where a version of it is meant. */
const VERSION = /^-(?:latest|\d{3,8}|\d{4}-\d\d-\d\d)$/;

/** One and the same model has its maker before its name in one place and its version behind it in another. */
function isSameModel(one: string, other: string): boolean {
  const [a, b] = [bareName(one), bareName(other)];
  if (a === b) return true;
  const [long, short] = a.length > b.length ? [a, b] : [b, a];
  return long.startsWith(short) && VERSION.test(long.slice(short.length));
}

function bareName(name: string): string {
  return name.trim().split('/').at(-1) ?? name;
}
