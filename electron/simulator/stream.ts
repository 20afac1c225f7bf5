import type { Behaviour, Break } from './behaviour';
import { type Choice, type Completion, type PartField, TOOL_NAME } from './completion';
import type { Piece } from './tokens';
import { type Meter, type SimulatorUsage, usageText } from './usage';

/** What the writer has to do next. */
export type Step =
  /** An event with this data. */
  | { readonly kind: 'data'; readonly data: string; readonly paced: boolean }
  /** An event with another field. */
  | { readonly kind: 'field'; readonly field: string; readonly value: string }
  /** Text as it is, for bodies that are no event stream. */
  | { readonly kind: 'raw'; readonly text: string }
  /** As much of this event as fits before the middle of its last character of several bytes. */
  | { readonly kind: 'cut'; readonly data: string }
  | { readonly kind: 'end'; readonly how: 'body' | 'stall' | 'reset' | 'drop' };

/** What a stream reports while it is pulled. */
interface StreamWatch {
  readonly meter: Meter;
  /** Milliseconds the answer has taken so far. */
  readonly latency: () => number;
  readonly usageSent: (usage: SimulatorUsage) => void;
}

/** How many chunks of text come before a break. */
const CHUNKS_BEFORE_BREAK = 8;

const FINGERPRINT = '"system_fingerprint":"null"';

/**
 * The events of a streamed completion, in the order and with the keys of the guide: the role, the
 * text with rising indices, two empty chunks, the finish reason under index 0, the usage without
 * provider and choices, `[DONE]`. With several choices the index is the choice's. Pulled lazily:
 * what was not pulled was not generated, and is not on the meter.
 */
export function* streamSteps(completion: Completion, watch: StreamWatch): Generator<Step> {
  const { behaviour } = completion;
  const frame = new Frame(completion, watch);
  if (behaviour.filterResults) yield data(FILTER_RESULTS, false);
  const several = completion.choices.length > 1;
  for (const index of completion.choices.keys()) {
    yield data(frame.delta(index, { role: 'assistant', content: '' }), true);
  }
  if (behaviour.nullChoices) {
    yield data(frame.chunk('null'), false);
    yield data(frame.chunk('[{"index":0,"finish_reason":null}]'), false);
    yield data(frame.chunk('[{"index":0,"delta":null,"finish_reason":null}]'), false);
  }

  let count = 0;
  for (const { choice, delta } of interleaved(completion.choices, watch.meter)) {
    count += 1;
    if (delta !== null) yield data(frame.delta(several ? choice : count, delta), true);
    else if (several) yield* finishSteps(frame, behaviour, completion.choices, choice);
    if (behaviour.break !== undefined && count === CHUNKS_BEFORE_BREAK) break;
  }
  if (behaviour.break !== undefined) {
    yield* breakSteps(frame, behaviour.break);
    return;
  }
  if (!several) {
    yield data(frame.delta(count, { content: '' }), false);
    yield data(frame.delta(count + 1, { content: '' }), false);
    if (behaviour.filterResults) yield data(frame.chunk(FILTERED_CHOICE), false);
    yield* finishSteps(frame, behaviour, completion.choices, 0);
  }
  if (behaviour.usage !== 'none') yield data(frame.usage(), false);
  if (behaviour.done !== 'none') yield data('[DONE]', false);
  yield { kind: 'end', how: behaviour.open ? 'stall' : 'body' };
}

function data(text: string, paced: boolean): Step {
  return { kind: 'data', data: text, paced };
}

function* finishSteps(
  frame: Frame,
  { finish }: Behaviour,
  choices: readonly Choice[],
  index: number,
): Generator<Step> {
  if (finish === 'none') return;
  yield data(frame.delta(index, { content: '' }, choices[index]?.finish() ?? 'stop'), false);
}

function* breakSteps(frame: Frame, how: Break): Generator<Step> {
  switch (how) {
    case 'error': {
      const error = { code: 'server_error', message: 'Provider disconnected unexpectedly' };
      yield data(frame.chunk(ERROR_CHOICE, `,"error":${JSON.stringify(error)}`), false);
      yield { kind: 'end', how: 'body' };
      return;
    }
    case 'error-field': {
      const error = { code: 500, message: 'Compute error during decoding', type: 'server_error' };
      yield { kind: 'field', field: 'error', value: JSON.stringify(error) };
      yield { kind: 'end', how: 'body' };
      return;
    }
    case 'cut-character':
      yield { kind: 'cut', data: frame.delta(CHUNKS_BEFORE_BREAK + 1, { content: ' 🌍' }) };
      return;
    case 'close':
      yield { kind: 'end', how: 'body' };
      return;
    default:
      yield { kind: 'end', how };
  }
}

interface Delta {
  readonly choice: number;
  /** Null once this choice is at its end. */
  readonly delta: object | null;
}

/** The deltas of all choices in turn. */
function* interleaved(choices: readonly Choice[], meter: Meter): Generator<Delta> {
  let running = choices.map((choice, index) => ({ index, deltas: deltasOf(choice, meter) }));
  while (running.length > 0) {
    const next: typeof running = [];
    for (const one of running) {
      const { value } = one.deltas.next();
      yield { choice: one.index, delta: value ?? null };
      if (value !== undefined) next.push(one);
    }
    running = next;
  }
}

function* deltasOf({ parts }: Choice, meter: Meter): Generator<object, undefined> {
  for (const { field, pieces } of parts) {
    if (field === 'tool') {
      const call = { index: 0, id: 'call_simulated_1', type: 'function' };
      yield { tool_calls: [{ ...call, function: { name: TOOL_NAME, arguments: '' } }] };
    }
    for (const piece of pieces()) {
      meter.count(piece, isThinking(field));
      yield deltaOf(field, piece);
    }
  }
  return undefined;
}

export function isThinking(field: PartField): boolean {
  return field === 'reasoning' || field === 'reasoning_content';
}

function deltaOf(field: PartField, { text }: Piece): object {
  if (field === 'tool') return { tool_calls: [{ index: 0, function: { arguments: text } }] };
  return { [field]: text };
}

const ERROR_CHOICE = '[{"index":0,"delta":{"content":""},"logprobs":null,"finish_reason":"error"}]';

const FILTERS = {
  hate: { filtered: false, severity: 'safe' },
  violence: { filtered: false, severity: 'safe' },
};
const FILTER_RESULTS = JSON.stringify({
  choices: [],
  created: 0,
  id: '',
  model: '',
  object: '',
  prompt_filter_results: [{ prompt_index: 0, content_filter_results: FILTERS }],
});
const FILTERED_CHOICE = JSON.stringify([
  {
    index: 0,
    finish_reason: null,
    logprobs: null,
    content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: 100 },
    content_filter_results: FILTERS,
  },
]);

/** What is the same in all chunks of one completion. */
class Frame {
  private readonly head: string;
  private readonly end: string;

  constructor(
    private readonly completion: Completion,
    private readonly watch: StreamWatch,
  ) {
    const { id, created, route, behaviour } = completion;
    const provider = behaviour.providerObject
      ? { name: route.provider, slug: route.provider }
      : route.provider;
    const common = { id, object: 'chat.completion.chunk', created };
    const open = (value: object): string => JSON.stringify(value).slice(0, -1);
    this.head = open({ ...common, provider, model: route.model });
    this.end = `${open({ ...common, model: route.model })},${FINGERPRINT}`;
  }

  chunk(choices: string, more = ''): string {
    const usage =
      this.completion.behaviour.usage === 'every' ? `,"usage":${this.usageSoFar()}` : '';
    return `${this.head},"choices":${choices},${FINGERPRINT}${more}${usage}}`;
  }

  delta(index: number, delta: object, finish: string | null = null): string {
    const every = this.completion.behaviour.finish === 'every' ? 'stop' : null;
    return this.chunk(
      JSON.stringify([{ index, delta, logprobs: null, finish_reason: finish ?? every }]),
    );
  }

  usage(): string {
    return `${this.end},"choices":[],"usage":${this.usageSoFar()}}`;
  }

  private usageSoFar(): string {
    const { meter, latency, usageSent } = this.watch;
    const { text, usage } = usageText(this.completion, meter, latency());
    usageSent(usage);
    return text;
  }
}
