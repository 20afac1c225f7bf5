import { z } from 'zod';

/** What can be read of the bytes that an app was given, by the rules of docs/wire.md alone. */
export interface DeliveredAnswer {
  readonly text: string;
  /** A reason for its end or the end mark came. */
  readonly isOver: boolean;
  /** The cost that was told, as JSON has it; null when none was. */
  readonly cost: number | null;
}

const record = z.looseObject({
  choices: z
    .array(
      z.looseObject({
        delta: z.unknown().optional(),
        finish_reason: z.unknown().optional(),
      }),
    )
    .catch([]),
  usage: z.looseObject({ cost: z.unknown().optional() }).nullable().catch(null),
});
const delta = z.looseObject({ content: z.string().catch('') }).catch({ content: '' });

/**
 * Reads a delivered stream a second time and independently of the app. `whole` says that the body came to
 * its end, so that a last record needs no blank line.
 */
export function readDelivered(bytes: Uint8Array, whole: boolean): DeliveredAnswer {
  let text = '';
  let isOver = false;
  let cost: number | null = null;
  const take = (data: string): boolean => {
    if (data === '[DONE]') {
      isOver = true;
      return true;
    }
    const value = parsed(data);
    const { success, data: read } = record.safeParse(value);
    if (!success) return value !== undefined;
    const [choice] = read.choices;
    text += delta.parse(choice?.delta).content;
    if (typeof choice?.finish_reason === 'string' && choice.finish_reason !== '') isOver = true;
    if (read.usage) cost = typeof read.usage.cost === 'number' ? read.usage.cost : null;
    return true;
  };
  let waiting: string | null = null;
  const flush = () => {
    if (waiting !== null) take(waiting);
    waiting = null;
  };
  const lines = new TextDecoder().decode(bytes).split(/\r\n|\r|\n/);
  // Behind the last line end stands what is no line yet.
  const last = lines.pop() ?? '';
  if (whole && last !== '') lines.push(last);
  for (const line of lines) {
    if (line === '') flush();
    if (!line.startsWith('data:')) continue;
    const data = line.slice(line[5] === ' ' ? 6 : 5);
    if (waiting === null && /^[{[].*[}\]]$/s.test(data) && take(data)) continue;
    if (waiting !== null && data === '[DONE]') {
      flush();
      take(data);
    } else {
      waiting = waiting === null ? data : `${waiting}\n${data}`;
    }
  }
  if (whole) flush();
  return { text, isOver, cost };
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
