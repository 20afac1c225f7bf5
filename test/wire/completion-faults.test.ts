import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULTS } from '../../electron/simulator/faults';
import { type Simulator, startSimulator } from '../../electron/simulator/simulator';
import type { RequestLimits } from '../../shared/endpoint';
import type { Failure } from '../../shared/errors';
import { parseUsd } from '../../shared/money';
import { type Completed, complete } from '../fixtures/completing';
import { SOON_MS } from '../fixtures/soon';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ pace: 'instant', seed: 1 });
});

afterAll(async () => {
  await simulator.close();
});

/** How an answer with a fault must end, and what must be kept of it. */
interface Case {
  readonly body?: Readonly<Record<string, unknown>>;
  readonly limits?: Partial<RequestLimits>;
  readonly check: (completed: Completed) => void;
}

function whole({ end, text, view }: Completed): void {
  expect(end).toEqual({ state: 'complete', failure: null });
  expect(text).toContain('Rayleigh scattering');
  expect(view.choices[0]?.finishReason).toBe('stop');
}

/** Complete, with the bill that the server wrote. */
function billed(completed: Completed): void {
  whole(completed);
  const sent = simulator.log.at(-1)?.usage;
  expect(completed.view.usage).toMatchObject({
    promptTokens: sent?.promptTokens,
    completionTokens: sent?.completionTokens,
    totalTokens: sent?.totalTokens,
    promptCharacters: 20,
    responseCharacters: sent?.responseCharacters,
    cost: parseUsd(sent?.cost ?? ''),
    latencyMs: sent?.latencyMs,
  });
  expect(completed.view.usage?.cost).toBeGreaterThan(0n);
}

function isWhole(check: (completed: Completed) => void = () => undefined): Case {
  return {
    check: (completed) => {
      billed(completed);
      check(completed);
    },
  };
}

/** Ended without a finish: the words are kept, the cost is unknown. */
function cutShort(reason: string, more: Partial<Case> = {}): Case {
  return {
    check: ({ end, text, view }) => {
      expect(end.state).toBe('incomplete');
      expect(end.failure).toMatchObject({ code: 'incomplete', reason });
      expect(text.length).toBeGreaterThan(20);
      expect(view.usage).toBeNull();
      expect(view.choices[0]?.finishReason).toBeNull();
    },
    ...more,
  };
}

/** Refused: nothing came. */
function refused(expected: Partial<Failure>, more: Partial<Case> = {}): Case {
  return {
    check: ({ end, text, view }) => {
      expect(end.state).toBe('failed');
      expect(end.failure).toMatchObject(expected);
      expect(text).toBe('');
      expect(view.usage).toBeNull();
    },
    ...more,
  };
}

/** Failed on the way: the words are kept. */
function failedLate(expected: Partial<Failure>): Case {
  return {
    check: ({ end, text, view }) => {
      expect(end.state).toBe('failed');
      expect(end.failure).toMatchObject(expected);
      expect(view.failure).toEqual(end.failure);
      expect(text.length).toBeGreaterThan(20);
    },
  };
}

function oddCost(costText: string, cost: bigint | null): Case {
  return {
    check: (completed) => {
      whole(completed);
      expect(completed.view.usage).toMatchObject({ cost, costText, promptTokens: 13 });
    },
  };
}

const CASES: Readonly<Record<string, Case>> = {
  'sim-fast': isWhole(),
  'sim-slow': {
    body: { max_tokens: 6 },
    check: ({ end, view }) => {
      expect(end.state).toBe('complete');
      expect(view.choices[0]?.finishReason).toBe('length');
      expect(view.usage).toMatchObject({ completionTokens: 6 });
    },
  },
  'sim-stall': cutShort('idle', { limits: { idleMs: 300 } }),
  'sim-stall-start': refused(
    { code: 'timeout', reason: 'headers' },
    { limits: { headersMs: 300 } },
  ),
  'sim-endless': {
    check: ({ end, text }) => {
      expect(end).toEqual({ state: 'stopped', failure: null });
      expect(text.length).toBeGreaterThan(100);
    },
  },
  'sim-reset': cutShort('reset'),
  'sim-drop': cutShort('reset'),
  'sim-close': cutShort('closed'),
  'sim-cut-character': cutShort('closed'),
  'sim-half-character': isWhole(({ text }) => expect(text).toMatch(/^Grüße — 🌍: /u)),
  'sim-error-mid': failedLate({
    code: 'provider_failed',
    detail: 'Provider disconnected unexpectedly',
  }),
  'sim-error-mid-llamacpp': failedLate({
    code: 'provider_failed',
    detail: 'Compute error during decoding',
  }),
  'sim-html': refused({ code: 'bad_stream', reason: 'not_an_api' }),
  'sim-json-error-200': refused({ code: 'provider_failed' }),
  'sim-lmstudio-404': refused({
    code: 'not_found',
    reason: 'not_an_api',
    detail: expect.stringContaining('Unexpected endpoint'),
  }),
  'sim-empty': refused({ code: 'bad_stream', reason: 'empty' }),
  'sim-done-only': refused({ code: 'bad_stream', reason: 'empty' }),
  'sim-status-400': refused({ code: 'invalid_input', status: 400 }),
  'sim-status-401': refused({ code: 'key_rejected', status: 401 }),
  'sim-status-402': refused({ code: 'no_credit', status: 402 }),
  'sim-status-403': refused({ code: 'key_rejected', status: 403 }),
  'sim-status-404': refused({ code: 'not_found', status: 404 }),
  'sim-status-408': refused({ code: 'timeout', status: 408 }),
  'sim-status-422': refused({ code: 'invalid_input', status: 422 }),
  'sim-status-429': refused({ code: 'rate_limited', status: 429, retryAfterMs: 1_000 }),
  'sim-status-500': refused({ code: 'provider_failed', status: 500 }),
  'sim-status-502': refused({ code: 'provider_failed', status: 502 }),
  'sim-status-503': refused({ code: 'provider_failed', status: 503 }),
  'sim-status-504': refused({ code: 'timeout', status: 504 }),
  'sim-429-date': {
    check: ({ end }) => {
      expect(end.failure).toMatchObject({ code: 'rate_limited', status: 429 });
      expect(end.failure?.retryAfterMs).toBeGreaterThanOrEqual(0);
      expect(end.failure?.retryAfterMs).toBeLessThanOrEqual(2_000);
    },
  },
  'sim-429-long': refused({ code: 'rate_limited', retryAfterMs: 120_000 }),
  'sim-429-quota': refused({ code: 'no_credit', status: 429 }),
  'sim-429-once': refused({ code: 'rate_limited', retryAfterMs: 1_000 }),
  'sim-503-once': refused({ code: 'provider_failed', status: 503 }),
  'sim-context': refused({ code: 'context_too_long', status: 400 }),
  'sim-context-llamacpp': refused({ code: 'context_too_long', status: 400 }),
  'sim-moderation': refused({ code: 'content_blocked', status: 403 }),
  'sim-unsupported-temperature': refused(
    { code: 'invalid_input', status: 400, detail: expect.stringContaining("'temperature'") },
    { body: { temperature: 0.7 } },
  ),
  'sim-unsupported-max-tokens': refused(
    { code: 'invalid_input', detail: expect.stringContaining('max_completion_tokens') },
    { body: { max_tokens: 10 } },
  ),
  'sim-422-stream-options': refused(
    { code: 'invalid_input', status: 422, detail: expect.stringContaining('stream_options') },
    { body: { stream_options: { include_usage: true } } },
  ),
  'sim-redirect': refused({ code: 'not_found', reason: 'redirected', status: 307 }),
  'sim-crlf': isWhole(),
  'sim-comments': isWhole(),
  'sim-onebyte': {
    body: { max_tokens: 5 },
    check: ({ end, view }) => {
      expect(end.state).toBe('complete');
      expect(view.usage).toMatchObject({ completionTokens: 5, totalTokens: 18 });
    },
  },
  'sim-no-blank-lines': isWhole(),
  'sim-json-content-type': isWhole(),
  'sim-gzip': isWhole(),
  'sim-huge-line': refused({ code: 'bad_stream', reason: 'record_too_long' }),
  'sim-no-usage': {
    check: (completed) => {
      whole(completed);
      expect(completed.view.usage).toBeNull();
    },
  },
  'sim-no-done': isWhole(),
  'sim-no-done-open': isWhole(({ tookMs }) => expect(tookMs).toBeLessThan(SOON_MS)),
  'sim-no-finish': {
    check: ({ end, text, view }) => {
      expect(end).toEqual({ state: 'complete', failure: null });
      expect(text).toContain('Rayleigh scattering');
      expect(view.choices[0]?.finishReason).toBeNull();
      expect(view.usage).toBeNull();
    },
  },
  'sim-finish-every-chunk': isWhole(),
  'sim-usage-every-chunk': isWhole(),
  'sim-cost-string': {
    check: (completed) => {
      billed(completed);
      expect(completed.view.usage?.costText).toMatch(/^0\.\d{8}$/);
    },
  },
  'sim-cost-negative': {
    check: (completed) => {
      whole(completed);
      expect(completed.view.usage).toMatchObject({ cost: null, promptTokens: 13 });
      expect(completed.view.usage?.costText).toMatch(/^-0\.\d+$/);
    },
  },
  'sim-cost-huge': oddCost('99999999999999999999.99', null),
  'sim-cost-nan': oddCost('NaN', null),
  'sim-cost-tiny': oddCost('0.0000012345678', 1235n),
  'sim-provider-object': isWhole(({ view }) => expect(view.servedProvider).toBe('simulator')),
  'sim-reasoning': isWhole(({ view }) => {
    expect(view.choices[0]?.parts.map(({ kind }) => kind)).toEqual(['reasoning', 'text']);
    expect(view.usage?.reasoningTokens).toBeGreaterThan(0);
  }),
  'sim-reasoning-content': isWhole(({ view }) =>
    expect(view.choices[0]?.parts.map(({ kind }) => kind)).toEqual(['reasoning', 'text']),
  ),
  'sim-tool-calls': {
    check: ({ end, view }) => {
      expect(end.state).toBe('complete');
      expect(view.choices).toMatchObject([
        { parts: [{ kind: 'tool', name: 'get_weather' }], finishReason: 'tool_calls' },
      ]);
      expect(() => JSON.parse(view.choices[0]?.parts[0]?.text ?? '')).not.toThrow();
    },
  },
  'sim-refusal': {
    check: ({ end, text, view }) => {
      expect(end.state).toBe('complete');
      expect(view.choices[0]?.parts.map(({ kind }) => kind)).toEqual(['refusal']);
      expect(text).not.toBe('');
    },
  },
  'sim-null-choices': isWhole(),
  'sim-azure-first': isWhole(),
  'sim-array': isWhole(({ view }) => expect(view.choices).toHaveLength(1)),
  'sim-hostile-html': {
    check: ({ end, text }) => {
      expect(end.state).toBe('complete');
      expect(text).toMatch(/<script>.*onerror=.*\(javascript:/s);
    },
  },
  'sim-long-200000': {
    check: ({ end, text }) => {
      expect(end.state).toBe('complete');
      expect(text).toHaveLength(200_000);
    },
  },
};

describe('every fault has its ending', () => {
  it('and a test', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(Object.keys(FAULTS).toSorted());
  });

  it.each(Object.entries(CASES))('%s', async (model, { body, limits, check }) => {
    const stop = new AbortController();
    const completed = await complete(simulator, model, {
      signal: stop.signal,
      ...(limits && { limits }),
      ...(body && { body }),
      onText: (text) => {
        if (model === 'sim-endless' && text.length > 100) stop.abort();
      },
    });
    check(completed);
  });
});

describe('unstreamed faults', () => {
  const unstreamed = { body: { stream: false } };

  it.each(['sim-fast', 'sim-gzip', 'sim-provider-object'])('%s is read whole', async (model) => {
    const completed = await complete(simulator, model, unstreamed);
    billed(completed);
  });

  it.each([
    ['sim-reset', { code: 'network', reason: 'reset' }],
    ['sim-drop', { code: 'network', reason: 'reset' }],
    ['sim-close', { code: 'bad_stream', reason: 'unreadable' }],
    ['sim-error-mid-llamacpp', { code: 'provider_failed' }],
    ['sim-null-choices', { code: 'bad_stream', reason: 'empty' }],
  ])('%s has no answer', async (model, failure) => {
    const { end, text } = await complete(simulator, model, unstreamed);
    expect(end).toMatchObject({ state: 'failed', failure });
    expect(text).toBe('');
  });

  it('sim-stall falls silent', async () => {
    const limits = { wholeMs: 300 };
    const { end } = await complete(simulator, 'sim-stall', { ...unstreamed, limits });
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'timeout', reason: 'whole' } });
  });

  it('sim-error-mid keeps the text beside the error', async () => {
    const { end, text } = await complete(simulator, 'sim-error-mid', unstreamed);
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'provider_failed' } });
    expect(text).toContain('Rayleigh');
  });
});

describe('several answers', () => {
  it('to one model stand side by side', async () => {
    const body = { n: 3, stream: false };
    const { end, view } = await complete(simulator, 'gpt-4o', { body, answers: 3 });
    expect(end.state).toBe('complete');
    expect(view.choices).toHaveLength(3);
    for (const { parts } of view.choices) expect(parts[0]?.text).toContain('scattering');
  });

  it('of several models stand side by side, with one bill', async () => {
    const models = 'gpt-4o,claude-3-5-sonnet,gpt-4o-mini';
    const { end, view } = await complete(simulator, models, { body: { stream: false } });
    expect(end).toEqual({ state: 'complete', failure: null });
    expect(view.choices).toHaveLength(3);
    expect(view.servedModel?.split(',')).toHaveLength(3);
    const bill = simulator.log.at(-1)?.usage;
    expect(view.usage).toMatchObject({
      cost: parseUsd(bill?.cost ?? ''),
      totalTokens: bill?.totalTokens,
      latencyMs: bill?.latencyMs,
    });
  });

  it('of several models keep what came when one of them failed', async () => {
    const { end, view } = await complete(simulator, 'gpt-4o,sim-status-500', {
      body: { stream: false },
    });
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'provider_failed' } });
    expect(view.choices[0]?.parts[0]?.text).toContain('scattering');
    expect(view.usage?.cost).toBe(parseUsd(simulator.log.at(-1)?.usage?.cost ?? ''));
  });

  it('in a stream are told apart by their index', async () => {
    const body = { n: 2, stream: true };
    const { end, view } = await complete(simulator, 'gpt-4o', { body, answers: 2 });
    expect(end.state).toBe('complete');
    expect(view.choices.map(({ finishReason }) => finishReason)).toEqual(['stop', 'stop']);
    expect(view.usage?.cost).toBe(parseUsd(simulator.log.at(-1)?.usage?.cost ?? ''));
  });
});
