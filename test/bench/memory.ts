import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { startAnswerServer } from './lib/answer-server';
import { writeBareApp } from './lib/bare-app';
import type { Devtools } from './lib/devtools';
import { launch, type RunningApp, usableAfter } from './lib/electron-app';
import { fillStore } from './lib/filled-store';
import { stream } from './lib/long-stream';
import { sleep } from './lib/probe';
import { memoryOfTree } from './lib/process-memory';
import { median, options, progress, report, round } from './lib/report';
import { ask, LAST_ANSWER, openConversation } from './lib/slice-page';

/**
 * What Slice holds in memory: all its processes while nothing happens, beside those of a bare Electron
 * window in turn; its page after a long answer; and all of it after many long conversations were opened
 * once and then all of them once more, which must not add anything.
 */
const SIZES = options.small
  ? { rounds: 1, idleMs: 500, characters: 8_000, conversations: 3, wide: 2, seconds: 2 }
  : { rounds: 5, idleMs: 5_000, characters: 200_000, conversations: 40, wide: 10, seconds: 50 };
const PIECE = 10;

if (process.platform !== 'linux') throw new Error('only Linux tells what processes share');
const slice = resolve('.');
const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const bare = writeBareApp(join(work, 'bare'));

async function idle(app: RunningApp): Promise<number> {
  await usableAfter(app);
  await sleep(SIZES.idleMs);
  const mib = memoryOfTree(app.pid);
  await app.close();
  return mib;
}

const heapUsage = z.object({ usedSize: z.number() });

/** The page's heap after a collection, in MiB. */
async function heapOf(page: Devtools): Promise<number> {
  await page.send('HeapProfiler.collectGarbage');
  const { usedSize } = heapUsage.parse(await page.send('Runtime.getHeapUsage'));
  return usedSize / 2 ** 20;
}

async function idleMemory(): Promise<{ bare: number[]; slice: number[] }> {
  const used = join(work, 'used');
  fillStore(used, { conversations: 1 });
  const taken: { bare: number[]; slice: number[] } = { bare: [], slice: [] };
  for (let turn = 1; turn <= SIZES.rounds; turn++) {
    taken.bare.push(await idle(await launch(bare, join(work, 'bare-data'))));
    taken.slice.push(await idle(await launch(slice, used)));
    const [ofBare = 0, ofSlice = 0] = [taken.bare.at(-1), taken.slice.at(-1)];
    progress(`round ${turn}: bare ${round(ofBare, 0)} MiB, slice ${round(ofSlice, 0)} MiB`);
  }
  return taken;
}

async function heapAfterStream(): Promise<number> {
  const server = await startAnswerServer({
    characters: SIZES.characters,
    piece: PIECE,
    perSecond: SIZES.characters / PIECE / SIZES.seconds,
  });
  const folder = join(work, 'stream');
  fillStore(folder, { server });
  const app = await launch(slice, folder);
  await usableAfter(app);
  const begin = () => ask(app.page, 'Tell me everything.');
  await stream({ page: app.page, begin, answer: LAST_ANSWER }, server, SIZES.seconds);
  await sleep(1000);
  const mib = await heapOf(app.page);
  progress(
    `after the long answer: heap ${round(mib)} MiB, all ${round(memoryOfTree(app.pid))} MiB`,
  );
  await app.close();
  await server.close();
  return mib;
}

/** Memory of all processes after many conversations were opened a second time against the first. */
async function growth(): Promise<{ memory: number; heap: number }> {
  const folder = join(work, 'many');
  progress('filling a store with long conversations');
  const { long, wide } = fillStore(folder, {
    long: { conversations: SIZES.conversations, messages: 200 },
    wide: { conversations: SIZES.wide, characters: SIZES.characters / 4 },
  });
  const app = await launch(slice, folder);
  await usableAfter(app);
  const openAll = async () => {
    for (const id of [...long, ...wide]) {
      await openConversation(app.page, id);
      await sleep(200);
    }
    await sleep(2000);
    const heap = await heapOf(app.page);
    await sleep(1000);
    const memory = memoryOfTree(app.pid);
    progress(`opened all: ${round(memory, 0)} MiB, heap ${round(heap)} MiB`);
    return { memory, heap };
  };
  const first = await openAll();
  const second = await openAll();
  await app.close();
  return { memory: second.memory / first.memory, heap: second.heap / first.heap };
}

const memory = await idleMemory();
const heap = await heapAfterStream();
const grown = await growth();
report({
  bare_mib: round(median(memory.bare), 0),
  idle_mib: round(median(memory.slice), 0),
  memory_vs_bare: round(
    median(memory.slice.map((mib, turn) => mib / (memory.bare[turn] ?? Number.NaN))),
  ),
  stream_heap_mb: round(heap),
  memory_growth: round(grown.memory),
  heap_growth: round(grown.heap),
});
rmSync(work, { recursive: true, force: true });
