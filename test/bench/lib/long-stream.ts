import { z } from 'zod';
import type { AnswerServer } from './answer-server';
import type { Devtools } from './devtools';
import { LONG_ANSWER_END } from './long-answer';
import { installProbe, pageTime, pressKey, readProbe, sleep, workOf } from './probe';

/** What a page did while a long answer came in. */
export interface Streamed {
  /** Tasks of more than 50 ms that began after the first second, in milliseconds. */
  readonly longTasks: readonly number[];
  readonly fps: number;
  /** From a key in the field to the end of the frame that shows it, in milliseconds. */
  readonly keys: readonly number[];
  /** Script time of each tenth of the answer's time, in milliseconds. */
  readonly script: readonly number[];
  /** Time of all tasks of the main thread, in milliseconds. */
  readonly task: number;
  /** From the end of the answer to its end on the page, in milliseconds. */
  readonly late: number;
}

/** What is different about a page: how an answer is begun, and where one writes meanwhile. */
export interface StreamingPage {
  readonly page: Devtools;
  readonly begin: () => Promise<void>;
  /** An expression for the element that holds the answer. */
  readonly answer: string;
}

const KEY_EVERY_MS = 300;
const TENTHS = 10;
/** How much longer than twice its time an answer may take, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Has a page show a long answer while keys are pressed in its field. */
export async function stream(
  { page, begin, answer }: StreamingPage,
  server: AnswerServer,
  seconds: number,
): Promise<Streamed> {
  const answers = server.ended();
  await installProbe(page);
  await begin();
  const started = await pageTime(page);
  const before = await workOf(page);
  const began = Date.now();
  let known = before;
  const script: number[] = [];
  while (server.ended() === answers) {
    if (Date.now() - began > 2000 * seconds + PATIENCE_MS) throw new Error('no answer came');
    await pressKey(page, 'a');
    await sleep(KEY_EVERY_MS);
    const tenth = Math.floor(((Date.now() - began) / (seconds * 1000)) * TENTHS);
    if (tenth <= script.length || tenth >= TENTHS) continue;
    const now = await workOf(page);
    script.push(now.script - known.script);
    known = now;
  }
  const ended = await pageTime(page);
  const last = await workOf(page);
  script.push(last.script - known.script);
  const late = await lateness(page, answer);
  const seen = await readProbe(page);
  const shown = seen.frames.filter((at) => at > started + 1000 && at < ended).length;
  return {
    longTasks: seen.longTasks.flatMap(([at, ms]) => (at > started + 1000 ? [ms] : [])),
    fps: shown / ((ended - started - 1000) / 1000),
    keys: seen.keys,
    script,
    task: last.task - before.task,
    late,
  };
}

/** Waits until the end of the answer is on the page. */
async function lateness(page: Devtools, answer: string): Promise<number> {
  return page.evaluate(
    z.number(),
    `new Promise((resolve, reject) => {
      const began = performance.now();
      const look = () => {
        const late = performance.now() - began;
        if ((${answer})?.textContent.includes(${JSON.stringify(LONG_ANSWER_END)})) resolve(late);
        else if (late > 20000) reject(new Error('the answer is not whole'));
        else setTimeout(look, 20);
      };
      look();
    })`,
  );
}
