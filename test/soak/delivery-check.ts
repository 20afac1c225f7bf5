import { openWriter } from '../../electron/store/connection';
import { type DeliveredAnswer, readDelivered } from './delivered-answer';
import type { Delivery } from './faulty-proxy';
import { storeFaults } from './store-check';
import type { Answered } from './words-server';

/**
 * A reset takes back what its reader has not read, and one that is killed loses what it has not kept. What was
 * given so long before, in milliseconds, was read and kept, unless the reader was suspended meanwhile.
 */
const READ_BY_MS = 1_500;

/** From when to when the app was suspended (ms since 1970). */
export interface Suspension {
  readonly from: number;
  readonly until: number;
}

/** What kept the app from reading. */
export interface Surroundings {
  readonly suspensions: readonly Suspension[];
  /** When it was killed (ms since 1970). */
  readonly killedAt: number;
}

interface RunRow {
  readonly id: number;
  readonly question: string;
  readonly state: string;
  readonly cost_text: string | null;
  readonly answer: string | null;
}

/** Compares the store of an app that has ended with what a proxy gave it, and with itself. */
export function checkDeliveries(
  path: string,
  deliveries: readonly Delivery[],
  served: readonly Answered[],
  { suspensions, killedAt }: Surroundings,
): { readonly faults: readonly string[]; readonly states: Readonly<Record<string, number>> } {
  const db = openWriter(path);
  try {
    const faults = storeFaults(db);
    const runs = db
      .prepare<[], RunRow>(
        `SELECT run.id, coalesce((SELECT text FROM message_said WHERE id = question.id), '') AS question,
           run.state, cost_text,
           (SELECT text FROM message_said WHERE message_said.id = answer.id) AS answer
         FROM run LEFT JOIN message AS answer ON answer.id = run.message_id
         LEFT JOIN message AS question ON question.id = answer.parent_id
         ORDER BY run.id`,
      )
      .all();
    const states: Record<string, number> = {};
    for (const { state } of runs) states[state] = (states[state] ?? 0) + 1;
    const asked = byQuestion(deliveries);
    const kept = byQuestion(runs);
    const reached = byQuestion(served);
    for (const question of new Set([...asked.keys(), ...reached.keys()])) {
      const own = asked.get(question) ?? [];
      const rows = kept.get(question) ?? [];
      const onward = own.filter((delivery) => delivery.reached).length;
      const atServer = reached.get(question)?.length ?? 0;
      if (atServer !== onward)
        faults.push(`${question}: the server saw ${atServer}, not ${onward}`);
      for (const [at, delivery] of own.entries()) {
        // No question is asked twice, so its rows are the attempts at it, in their order.
        const row = rows[at];
        const wrong = row
          ? problemOf(row, delivery, { suspensions, killedAt })
          : 'a request without a row';
        if (wrong) faults.push(`${question} (${delivery.done.join(', ')}): ${wrong}`);
      }
    }
    // What never left is incomplete or failed at no cost; it has no words.
    for (const [question, rows] of kept) {
      for (const row of rows.slice(asked.get(question)?.length ?? 0)) {
        if (row.state === 'complete') faults.push(`run ${row.id} is complete and was never sent`);
      }
    }
    return { faults, states };
  } finally {
    db.close();
  }
}

function byQuestion<Item extends { readonly question: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(item.question, [...(groups.get(item.question) ?? []), item]);
  return groups;
}

/** What is wrong with the row of a request; null when it says what was delivered. */
function problemOf(
  row: RunRow,
  delivery: Delivery,
  { suspensions, killedAt }: Surroundings,
): string | null {
  const { ending } = delivery;
  if (ending === null) return 'it is still on its way';
  if (ending === 'turned_away') {
    return row.state === 'failed' ? null : `turned away, it is ${row.state}`;
  }
  const answer = row.answer ?? '';
  const all = read(delivery, Number.POSITIVE_INFINITY);
  const told = `${row.state}, ${ending}; ${difference(answer, all.text)}`;
  if (!all.text.startsWith(answer)) return `other words are kept: ${told}`;
  if (ending === 'reset' || ending === 'left') {
    const { text } = read(delivery, readUntil(delivery, suspensions));
    if (answer.length < text.length) return `words are lost: ${told}`;
    // It ends an answer by itself only at what seems to be its end.
    const wasKilled = delivery.endedAt >= killedAt;
    if (ending === 'left' && !all.isOver && !wasKilled) return `the app hung up: ${told}`;
  } else if (answer !== all.text) {
    return `words are lost: ${told}`;
  }
  const expected = stateOf(all);
  const mayBe =
    ending === 'reset' ? [expected, stateOf({ ...all, text: answer, isOver: false })] : [expected];
  if (!mayBe.includes(row.state)) return `it should be ${mayBe.join(' or ')}: ${told}`;
  const cost = row.cost_text === null ? null : Number(row.cost_text);
  if (cost !== all.cost && !(cost === null && ending === 'reset')) {
    return `it costs ${cost}, and ${all.cost} was told: ${told}`;
  }
  return null;
}

function stateOf({ text, isOver }: Pick<DeliveredAnswer, 'text' | 'isOver'>): string {
  if (isOver) return 'complete';
  return text === '' ? 'failed' : 'incomplete';
}

/** What was given up to a moment. */
function read({ pieces, ending }: Delivery, until: number): DeliveredAnswer {
  const given = pieces.filter(({ at }) => at <= until).map(({ bytes }) => bytes);
  const isWhole = ending === 'whole' || ending === 'truncated' || ending === 'left';
  return readDelivered(Buffer.concat(given), isWhole);
}

/** Until when what was given must have been read. */
function readUntil({ endedAt }: Delivery, suspensions: readonly Suspension[]): number {
  let until = endedAt - READ_BY_MS;
  for (const pause of suspensions.toReversed()) {
    if (pause.from < endedAt && pause.until > until) until = pause.from - READ_BY_MS;
  }
  return until;
}

function difference(kept: string, given: string): string {
  let same = 0;
  while (same < kept.length && kept[same] === given[same]) same += 1;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, same - 20), same + 20));
  return `${kept.length} of ${given.length} characters are kept, ${around(kept)} where ${around(given)} was given`;
}
