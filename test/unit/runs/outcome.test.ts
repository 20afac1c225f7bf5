import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../electron/runs/outcome';
import { type ErrorCode, errorCode } from '../../../shared/errors';
import { nano } from '../../../shared/money';
import { EMPTY_RUN_VIEW, type RunView } from '../../../shared/run-view';

const TIMING = { endedAt: 1, firstTokenMs: null, totalMs: 1 };

const USAGE = {
  promptTokens: 13,
  completionTokens: 100,
  totalTokens: 113,
  cachedTokens: null,
  reasoningTokens: null,
  promptCharacters: 20,
  responseCharacters: 527,
  cost: nano(0n),
  costText: '0',
  latencyMs: 1,
  raw: '{}',
};

const SPOKE: RunView = {
  ...EMPTY_RUN_VIEW,
  choices: [
    { parts: [{ kind: 'text', text: 'a🌍', name: null }], finishReason: 'stop' },
    { parts: [{ kind: 'reasoning', text: 'bbbb', name: null }], finishReason: 'length' },
  ],
};

function costOf(code: ErrorCode, reason?: string, view = EMPTY_RUN_VIEW, status?: number) {
  const failure = {
    code,
    ...(reason === undefined ? {} : { reason }),
    ...(status === undefined ? {} : { status }),
  };
  const { cost, costSource } = outcomeOf(view, { state: 'failed', failure }, TIMING);
  return { cost, costSource };
}

const NOTHING = { cost: 0n, costSource: 'none' };
const UNKNOWN = { cost: null, costSource: 'unknown' };

describe('the cost of a run', () => {
  const free: readonly ErrorCode[] = [
    'key_rejected',
    'no_credit',
    'no_key',
    'not_found',
    'budget_exceeded',
  ];

  it.each(errorCode.options)('that failed with %s is nothing only if no model ran', (code) => {
    const cost = costOf(code, undefined, EMPTY_RUN_VIEW, 400);
    expect(cost).toEqual(free.includes(code) ? NOTHING : UNKNOWN);
  });

  it.each(['key_rejected', 'no_credit'] as const)(
    'that failed with %s under 200 is unknown, because work may have begun',
    (code) => expect(costOf(code)).toEqual(UNKNOWN),
  );

  it.each([
    ['network', 'dns', NOTHING],
    ['network', 'refused', NOTHING],
    ['network', 'tls', NOTHING],
    ['network', 'tls_untrusted', NOTHING],
    ['network', 'tls_name', NOTHING],
    ['network', 'tls_expired', NOTHING],
    ['network', 'proxy_failed', NOTHING],
    ['network', 'proxy_refused', NOTHING],
    ['network', 'proxy_auth', NOTHING],
    ['network', 'no_route', NOTHING],
    ['network', 'connect', NOTHING],
    ['timeout', 'connect', NOTHING],
    ['invalid_input', 'unsendable', NOTHING],
    ['network', 'reset', UNKNOWN],
    ['network', 'unreachable', UNKNOWN],
    ['timeout', 'headers', UNKNOWN],
    ['timeout', 'idle', UNKNOWN],
    ['timeout', 'whole', UNKNOWN],
    ['bad_stream', 'dns', UNKNOWN],
  ] as const)('that failed with %s/%s is what could have been worked on', (code, reason, cost) => {
    expect(costOf(code, reason)).toEqual(cost);
  });

  it('that said something is unknown, whatever refused it later', () => {
    expect(costOf('no_credit', undefined, SPOKE)).toEqual(UNKNOWN);
  });

  it.each(['complete', 'stopped', 'incomplete'] as const)(
    'without a bill is unknown when it is %s',
    (state) => {
      expect(outcomeOf(SPOKE, { state, failure: null }, TIMING)).toMatchObject(UNKNOWN);
    },
  );

  it('without a bill is nothing when it was stopped before it left', () => {
    const end = { state: 'stopped', failure: null, unsent: true } as const;
    expect(outcomeOf(EMPTY_RUN_VIEW, end, TIMING)).toMatchObject(NOTHING);
  });

  it('that was reported is reported, also as zero, also by one that failed', () => {
    const view = { ...SPOKE, usage: USAGE };
    const reported = { cost: 0n, costSource: 'reported' };
    expect(outcomeOf(view, { state: 'complete', failure: null }, TIMING)).toMatchObject(reported);
    expect(costOf('provider_failed', undefined, view)).toEqual(reported);
  });

  it('that nobody told is estimated where prices are known, but not when it made no sense', () => {
    const priced = (usage: RunView['usage'], state: 'complete' | 'stopped' = 'complete') =>
      outcomeOf({ ...SPOKE, usage }, { state, failure: null }, TIMING, nano(7n));
    const estimated = { cost: 7n, costSource: 'estimated' };
    const untold = { ...USAGE, cost: null, costText: null };
    expect(priced(untold)).toMatchObject(estimated);
    expect(priced(untold, 'stopped')).toMatchObject(estimated);
    expect(priced(null)).toMatchObject(UNKNOWN);
    expect(priced(USAGE)).toMatchObject({ cost: 0n, costSource: 'reported' });
    expect(priced({ ...untold, costText: 'NaN' })).toMatchObject(UNKNOWN);
  });

  it('that makes no sense is unknown and keeps its text', () => {
    const view = { ...SPOKE, usage: { ...USAGE, cost: null, costText: 'NaN' } };
    expect(outcomeOf(view, { state: 'complete', failure: null }, TIMING)).toMatchObject({
      ...UNKNOWN,
      costText: 'NaN',
      promptTokens: 13,
    });
  });
});

describe('the rest of the row', () => {
  it('counts what was said, not what was thought', () => {
    const outcome = outcomeOf(SPOKE, { state: 'complete', failure: null }, TIMING);
    expect(outcome).toMatchObject({ receivedCharacters: 3, finishReason: 'stop' });
  });

  it('is unknown where nothing was said of it', () => {
    expect(outcomeOf(EMPTY_RUN_VIEW, { state: 'stopped', failure: null }, TIMING)).toMatchObject({
      servedModel: null,
      promptTokens: null,
      rawUsage: null,
      finishReason: null,
      receivedCharacters: 0,
    });
  });
});
