import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAnswerServer } from './lib/answer-server';
import { writeBareApp } from './lib/bare-app';
import { launch, usableAfter } from './lib/electron-app';
import { fillStore } from './lib/filled-store';
import { type Streamed, stream } from './lib/long-stream';
import { installProbe, pressKey, readProbe, sleep, turnWheel } from './lib/probe';
import { median, options, progress, report, round } from './lib/report';
import {
  ask,
  LAST_ANSWER,
  leaveConversation,
  listPainted,
  openConversation,
} from './lib/slice-page';
import { writeStreamdownApp } from './lib/streamdown-app';

/**
 * What the page does with much: a long answer that streams in while one types, a conversation of many
 * messages, a list of many conversations. Beside it, in turn and at the same speed, a bare page in which
 * text grows and a page that gives the whole text to Streamdown in every frame.
 */
const SIZES = options.small
  ? { rounds: 1, characters: 8_000, messages: 400, opened: 1, few: 10, many: 1_000, starts: 1 }
  : {
      rounds: 3,
      characters: 200_000,
      messages: 10_000,
      opened: 5,
      few: 100,
      many: 100_000,
      starts: 7,
    };
const CHUNKS_PER_SECOND = 400;
const PIECE = 10;
const SECONDS = SIZES.characters / PIECE / CHUNKS_PER_SECOND;

const slice = resolve('.');
const work = mkdtempSync(join(tmpdir(), 'slice-bench-'));
const server = await startAnswerServer({
  characters: SIZES.characters,
  piece: PIECE,
  perSecond: CHUNKS_PER_SECOND,
});
const bare = writeBareApp(join(work, 'bare'));
const streamdown = await writeStreamdownApp(join(work, 'streamdown'));

async function streamInSlice(turn: number): Promise<Streamed> {
  const folder = join(work, `stream-${turn}`);
  fillStore(folder, { server });
  const app = await launch(slice, folder);
  await usableAfter(app);
  const { page } = app;
  const begin = () => ask(page, 'Tell me everything.');
  const streamed = await stream({ page, begin, answer: LAST_ANSWER }, server, SECONDS);
  await app.close();
  return streamed;
}

async function streamInPeer(peer: string): Promise<Streamed> {
  const app = await launch(peer, join(work, 'peer-data'));
  await usableAfter(app);
  const { page } = app;
  const begin = () =>
    page.run(
      `document.querySelector('textarea').focus(); void window.follow('${server.textUrl}');`,
    );
  const answer = `document.getElementById('thread')`;
  const streamed = await stream({ page, begin, answer }, server, SECONDS);
  await app.close();
  return streamed;
}

const p95 = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function describe(name: string, one: Streamed): void {
  const tenths = one.script.map((ms) => Math.round(ms)).join(' ');
  progress(
    `${name}: script ${Math.round(sum(one.script))} ms (${tenths}), task ${Math.round(one.task)} ms, ` +
      `${one.longTasks.length} long tasks (${one.longTasks.join(' ')}), ${round(one.fps, 1)} fps, ` +
      `keys ${round(median(one.keys))} / ${round(p95(one.keys))} ms, ${Math.round(one.late)} ms late`,
  );
}

const streams: Record<'bare' | 'slice' | 'streamdown', Streamed[]> = {
  bare: [],
  slice: [],
  streamdown: [],
};
for (let turn = 1; turn <= SIZES.rounds; turn++) {
  const taken = {
    bare: await streamInPeer(bare),
    slice: await streamInSlice(turn),
    streamdown: await streamInPeer(streamdown),
  };
  for (const name of ['bare', 'slice', 'streamdown'] as const) {
    describe(`round ${turn}, ${name}`, taken[name]);
    streams[name].push(taken[name]);
  }
}

/** The median over the rounds of a figure, or of one of ours to that of a peer in the same round. */
function of(figure: (one: Streamed) => number, peer?: 'bare' | 'streamdown'): number {
  return round(
    median(
      streams.slice.map((one, turn) => {
        const other = peer && streams[peer][turn];
        return other ? figure(one) / figure(other) : figure(one);
      }),
    ),
  );
}

/** Opens conversations of many messages, then scrolls through the last one. */
async function manyMessages(): Promise<{ openMs: number; scrollLongTasks: number }> {
  const folder = join(work, 'many-messages');
  progress(`filling a store with ${SIZES.opened} conversations of ${SIZES.messages} messages`);
  const { long } = fillStore(folder, {
    conversations: 1,
    long: { conversations: SIZES.opened, messages: SIZES.messages },
  });
  const app = await launch(slice, folder);
  await usableAfter(app);
  const { page } = app;
  await sleep(1000);
  const times: number[] = [];
  for (const id of long) {
    await leaveConversation(page);
    await sleep(500);
    times.push(await openConversation(page, id));
  }
  progress(`open: ${times.map((ms) => Math.round(ms)).join(' ')} ms`);
  await sleep(1000);
  await installProbe(page);
  const turns = options.small ? 20 : 300;
  for (let turn = 0; turn < turns; turn++) {
    // Up all the way, then down again, with a leap to the start and the end in between.
    if (turn === Math.floor(turns / 2)) await page.run(scrollTo('0'));
    if (turn === turns - 10) await page.run(scrollTo('thread.scrollHeight'));
    await turnWheel(page, turn < turns / 2 ? -600 : 600);
    await sleep(16);
  }
  await sleep(500);
  await pressKey(page, 'a');
  const { longTasks } = await readProbe(page);
  progress(`scrolling: long tasks ${longTasks.map(([, ms]) => ms).join(' ') || 'none'}`);
  await app.close();
  return { openMs: median(times), scrollLongTasks: longTasks.length };
}

const scrollTo = (top: string) =>
  `const thread = document.querySelector('[data-thread]'); thread.scrollTop = ${top};`;

/** From the start of the process to the first rows of the list, with many conversations and with few. */
async function manyConversations(): Promise<number> {
  const folders = { few: join(work, 'few'), many: join(work, 'many') };
  progress(`filling a store with ${SIZES.many} conversations`);
  fillStore(folders.few, { conversations: SIZES.few });
  fillStore(folders.many, { conversations: SIZES.many });
  const listed = async (folder: string) => {
    const app = await launch(slice, folder);
    const at = await listPainted(app.page);
    await app.close();
    return at - app.startedAt;
  };
  const ratios: number[] = [];
  for (let turn = 0; turn <= SIZES.starts; turn++) {
    const few = await listed(folders.few);
    const many = await listed(folders.many);
    progress(`list: ${Math.round(few)} ms with few, ${Math.round(many)} ms with many`);
    if (turn > 0) ratios.push(many / few);
  }
  return median(ratios);
}

const { openMs, scrollLongTasks } = await manyMessages();
const sidebarGrowth = await manyConversations();

report({
  characters: SIZES.characters,
  long_tasks: of(({ longTasks }) => longTasks.length),
  keystroke_p95_ms: of(({ keys }) => p95(keys)),
  keystroke_vs_bare: of(({ keys }) => p95(keys), 'bare'),
  script_ms: of(({ script }) => sum(script)),
  tail_vs_head: of(({ script }) => (script.at(-1) ?? Number.NaN) / (script[0] ?? Number.NaN)),
  script_vs_streamdown: of(({ script }) => sum(script), 'streamdown'),
  task_vs_streamdown: of(({ task }) => task, 'streamdown'),
  fps: of(({ fps }) => fps),
  fps_vs_bare: of(({ fps }) => fps, 'bare'),
  open_10k_ms: round(openMs, 0),
  scroll_long_tasks: scrollLongTasks,
  sidebar_growth: round(sidebarGrowth),
});

await server.close();
rmSync(work, { recursive: true, force: true });
