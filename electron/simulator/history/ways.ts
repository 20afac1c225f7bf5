import type { Chance } from './chance';
import { SAMPLE_PRESETS, type SamplePreset } from './presets';
import type { Kind } from './subject';

/** How a message is sent: to which model, and with what. */
export interface Way {
  readonly model: string;
  readonly preset: SamplePreset | null;
  readonly parameters: SampleParameters;
}

export type SampleParameters = SamplePreset['parameters'] & {
  readonly provider?: string;
  readonly integrity?: 12;
};

interface Habit {
  readonly model: string;
  readonly kinds: readonly Kind[];
  /** How often, in the first days and in the last. */
  readonly often: readonly [number, number];
  readonly preset?: string;
  readonly parameters?: SampleParameters;
}

const ANYTHING: readonly Kind[] = ['code', 'writing', 'everyday', 'study', 'reading'];

/** Who is asked what. Over the months habits change: cheaper and open models gain. */
const HABITS: readonly Habit[] = [
  { model: 'gpt-4o', kinds: ANYTHING, often: [5, 2] },
  { model: 'gpt-4o', kinds: ['study', 'code'], often: [3, 3], preset: 'Precise' },
  {
    model: 'gpt-4o',
    kinds: ['writing', 'reading'],
    often: [1, 2],
    parameters: { provider: 'azure' },
  },
  { model: 'gpt-4o-mini', kinds: ['writing', 'everyday'], often: [2, 5], preset: 'Cheap draft' },
  { model: 'gpt-4o-mini', kinds: ['everyday', 'study'], often: [1, 2] },
  { model: 'gpt-4o-mini', kinds: ['study'], often: [0.5, 1], parameters: { integrity: 12 } },
  { model: 'claude-3-5-sonnet', kinds: ['code'], often: [3, 4], preset: 'Review my code' },
  { model: 'claude-3-5-sonnet', kinds: ['code', 'writing', 'reading'], often: [2, 4] },
  {
    model: 'llama-3.1-70b-instruct',
    kinds: ['everyday', 'study'],
    often: [0.5, 2],
    parameters: { routing: 'perf' },
  },
  {
    model: 'llama-3.1-70b-instruct',
    kinds: ['everyday', 'writing'],
    often: [0.5, 2],
    parameters: { routing: 'price' },
  },
  {
    model: 'llama-3.1-70b-instruct',
    kinds: ['study', 'reading'],
    often: [1, 2],
    parameters: { routing: 'perf_avg' },
  },
  { model: 'deepseek-r1', kinds: ['study', 'code'], often: [0, 2] },
  { model: 'mistral-large', kinds: ['writing'], often: [2, 2], preset: 'Letters' },
  { model: 'qwen-2.5-coder-32b-instruct', kinds: ['code'], often: [1, 2] },
  { model: 'gemini-1.5-flash', kinds: ['reading', 'study'], often: [2, 3] },
  { model: 'gemma-2-9b-it-free', kinds: ['everyday'], often: [1, 0.5] },
];

/** Those that are asked side by side. */
const COMPARED: readonly (readonly [string, string, ...string[]])[] = [
  ['gpt-4o', 'claude-3-5-sonnet', 'llama-3.1-70b-instruct'],
  ['gpt-4o', 'gpt-4o-mini'],
  ['mistral-large', 'gpt-4o', 'gemini-1.5-flash'],
];

/** A way for a kind of work; `progress` goes from 0 on the first day to 1 today. */
export function wayFor(chance: Chance, kind: Kind, progress: number): Way {
  const fitting = HABITS.filter(({ kinds }) => kinds.includes(kind));
  const { model, preset, parameters } = chance.weighted(
    fitting,
    ({ often: [first, last] }) => first + (last - first) * progress,
  );
  const chosen = SAMPLE_PRESETS.find(({ name }) => name === preset) ?? null;
  return { model, preset: chosen, parameters: { ...chosen?.parameters, ...parameters } };
}

export function comparedWays(chance: Chance): Way[] {
  return chance.pick(COMPARED).map((model) => ({ model, preset: null, parameters: {} }));
}
