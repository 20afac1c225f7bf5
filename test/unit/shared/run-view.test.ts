import { describe, expect, it } from 'vitest';
import { appendEvents } from '../../../electron/runs/merge';
import { nano } from '../../../shared/money';
import {
  answerText,
  EMPTY_RUN_VIEW,
  MAX_STRETCHES,
  type RunView,
  reduceRun,
} from '../../../shared/run-view';
import type { StreamEvent } from '../../../shared/stream-event';
import fc from '../../fixtures/fast-check';
import { processorMs } from '../../fixtures/processor-time';
import { streamEvents } from '../../fixtures/stream-events';

function fold(events: readonly StreamEvent[], from: RunView = EMPTY_RUN_VIEW): RunView {
  return events.reduce(reduceRun, from);
}

function streamOf(type: 'text' | 'reasoning' | 'refusal', text: string): StreamEvent[] {
  return [{ type, choice: 0, text }];
}

function alternating(count: number): StreamEvent[] {
  return Array.from({ length: count }, (_, at) =>
    at % 2 === 0
      ? { type: 'reasoning', choice: 0, text: 'a' }
      : { type: 'text', choice: 0, text: 'b' },
  );
}

/** Events as they may come, also near to the greatest number of stretches. */
const longStreams = fc
  .tuple(fc.constantFrom(0, MAX_STRETCHES - 3, MAX_STRETCHES + 3), streamEvents)
  .map(([before, events]) => [...alternating(before), ...events]);

const TOOL_DELTA: StreamEvent = { type: 'tool', choice: 0, call: 1, name: null, text: '}' };

/** Freezes a value all the way down: a change of it then throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}

describe('reduceRun', () => {
  it('puts together what arrives', () => {
    const events: StreamEvent[] = [
      { type: 'served', completionId: 'c1', model: 'openai/gpt-4o', provider: null },
      { type: 'reasoning', choice: 0, text: 'Hm.' },
      { type: 'text', choice: 0, text: 'The' },
      { type: 'text', choice: 0, text: ' sky' },
      { type: 'served', completionId: null, model: null, provider: 'openrouter' },
      { type: 'finish', choice: 0, reason: 'stop' },
    ];
    expect(fold(events)).toEqual({
      completionId: 'c1',
      servedModel: 'openai/gpt-4o',
      servedProvider: 'openrouter',
      choices: [
        {
          parts: [
            { kind: 'reasoning', text: 'Hm.', name: null },
            { kind: 'text', text: 'The sky', name: null },
          ],
          finishReason: 'stop',
        },
      ],
      usage: null,
      failure: null,
      waiting: null,
    });
  });

  it('keeps the arguments of several tool calls apart', () => {
    const call = (number: number, text: string, name: string | null = null): StreamEvent => ({
      type: 'tool',
      choice: 0,
      call: number,
      name,
      text,
    });
    const view = fold([
      call(0, '', 'weather'),
      call(1, '', 'time'),
      call(0, '{"city":'),
      call(1, '{}'),
      call(0, '"Rome"}'),
    ]);
    expect(view.choices[0]?.parts).toEqual([
      { kind: 'tool', text: '{"city":"Rome"}', name: 'weather' },
      { kind: 'tool', text: '{}', name: 'time' },
    ]);
  });

  it('leaves room for a tool call whose start did not arrive', () => {
    const view = fold([{ type: 'tool', choice: 0, call: 1, name: 'time', text: '{' }, TOOL_DELTA]);
    expect(view.choices[0]?.parts).toEqual([
      { kind: 'tool', text: '', name: null },
      { kind: 'tool', text: '{}', name: 'time' },
    ]);
  });

  it('keeps every word of an answer that changes its kind without end', () => {
    const view = fold(alternating(100_000), fold(streamOf('refusal', 'x')));
    const parts = view.choices[0]?.parts ?? [];
    const said = (kind: string) =>
      parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
    expect(parts).toHaveLength(MAX_STRETCHES);
    expect(said('reasoning')).toBe('a'.repeat(50_000));
    expect(said('text')).toBe('b'.repeat(50_000));
    expect(fold(streamOf('refusal', 'no'), view).choices[0]?.parts.at(0)?.text).toBe('xno');
  });

  it('takes no longer for the last of very many changes and calls than for the first', () => {
    const calls = Array.from(
      { length: 100_000 },
      (_, at): StreamEvent => ({ ...TOOL_DELTA, call: at % 128 }),
    );
    let view = EMPTY_RUN_VIEW;
    const tookMs = processorMs(() => {
      view = fold([...alternating(200_000), ...calls]);
    });
    expect(tookMs).toBeLessThan(5_000);
    expect(view.choices[0]?.parts).toHaveLength(MAX_STRETCHES + 128);
  });

  it('keeps the last usage and the text when an error follows', () => {
    const view = fold([
      { type: 'text', choice: 1, text: 'kept' },
      { type: 'error', failure: { code: 'provider_failed' } },
    ]);
    expect(view.failure).toEqual({ code: 'provider_failed' });
    expect(view.choices.map(({ parts }) => answerText(parts))).toEqual(['', 'kept']);
  });

  it('never changes what it is given', () => {
    fc.assert(
      fc.property(streamEvents, (events) => {
        let view = frozen(structuredClone(EMPTY_RUN_VIEW));
        for (const event of events) view = frozen(reduceRun(view, frozen(event)));
      }),
    );
  });

  it('replays from any cut to the same view', () => {
    fc.assert(
      fc.property(longStreams, fc.nat(), (events, at) => {
        const cut = at % (events.length + 1);
        expect(fold(events.slice(cut), fold(events.slice(0, cut)))).toEqual(fold(events));
      }),
    );
  });
});

describe('appendEvents', () => {
  it('gives the same view however events are grouped', () => {
    fc.assert(
      fc.property(longStreams, fc.infiniteStream(fc.integer({ min: 1, max: 5 })), (all, sizes) => {
        const groups: StreamEvent[][] = [];
        for (let at = 0; at < all.length; ) {
          const size = sizes.next().value ?? 1;
          groups.push(appendEvents([], all.slice(at, at + size)));
          at += size;
        }
        const whole = groups.reduce<StreamEvent[]>(appendEvents, []);
        expect(fold(groups.flat())).toEqual(fold(all));
        expect(fold(whole)).toEqual(fold(all));
      }),
    );
  });

  it('makes one event of neighbouring words, and changes none of those it got', () => {
    const words = frozen<StreamEvent[]>([
      { type: 'text', choice: 0, text: 'a' },
      { type: 'text', choice: 0, text: 'b' },
      { type: 'text', choice: 1, text: 'c' },
      { type: 'usage', usage: { ...USAGE } },
      { type: 'text', choice: 1, text: 'd' },
    ]);
    expect(appendEvents([], words).map((event) => ('text' in event ? event.text : ''))).toEqual([
      'ab',
      'c',
      '',
      'd',
    ]);
  });

  it('makes one event of what follows in one tool call', () => {
    const begun: StreamEvent = { ...TOOL_DELTA, name: 'time', text: '{' };
    const other: StreamEvent = { ...TOOL_DELTA, call: 2 };
    expect(appendEvents([], [begun, TOOL_DELTA, other])).toEqual([{ ...begun, text: '{}' }, other]);
  });
});

const USAGE = {
  promptTokens: 13,
  completionTokens: null,
  totalTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  promptCharacters: null,
  responseCharacters: null,
  cost: nano(1n),
  costText: '0.000000001',
  latencyMs: null,
  raw: '{}',
};

describe('answerText', () => {
  it('is what was said, without the reasoning and the tools', () => {
    expect(
      answerText([
        { kind: 'reasoning', text: 'thinks', name: null },
        { kind: 'text', text: 'says', name: null },
        { kind: 'tool', text: '{}', name: 'f' },
        { kind: 'refusal', text: ' no', name: null },
      ]),
    ).toBe('says no');
  });
});
