import { describe, expect, it } from 'vitest';
import { nextStep } from '../../../electron/runs/next-step';
import type { Failure } from '../../../shared/errors';
import { EMPTY_RUN_VIEW, type RunView } from '../../../shared/run-view';

const half = () => 0.5;
const FIELDS = { model: 'o1', temperature: 0.5, max_tokens: 10, messages: [] };
const BUSY: Failure = { code: 'rate_limited', status: 429 };
const NO_TEMPERATURE: Failure = {
  code: 'invalid_input',
  status: 400,
  detail: "Unsupported parameter: 'temperature' is not supported with this model.",
};

function stepAfter(failure: Failure, { attempt = 1, view = EMPTY_RUN_VIEW, fields = FIELDS } = {}) {
  return nextStep({ state: 'failed', failure }, view, fields, attempt, half);
}

describe('after a request that failed', () => {
  it('comes the same one again when the server was busy, after a wait', () => {
    expect(stepAfter(BUSY)).toEqual({ failure: BUSY, waitMs: 1_000, adaptation: null });
    expect(stepAfter({ ...BUSY, retryAfterMs: 7_000 })?.waitMs).toBeGreaterThanOrEqual(7_000);
  });

  it('comes one without the refused field, at once', () => {
    expect(stepAfter(NO_TEMPERATURE)).toEqual({
      failure: { ...NO_TEMPERATURE, reason: 'unsupported_field' },
      waitMs: 0,
      adaptation: { action: 'leave_out', field: 'temperature' },
    });
  });

  it('comes none for a field that is not there any more', () => {
    const { temperature: _, ...fields } = FIELDS;
    expect(
      nextStep({ state: 'failed', failure: NO_TEMPERATURE }, EMPTY_RUN_VIEW, fields, 2, half),
    ).toBeNull();
  });

  it('comes none after the third', () => {
    expect(stepAfter(BUSY, { attempt: 2 })).not.toBeNull();
    expect(stepAfter(BUSY, { attempt: 3 })).toBeNull();
    expect(stepAfter(NO_TEMPERATURE, { attempt: 3 })).toBeNull();
  });

  it.each<readonly [string, Partial<RunView>]>([
    ['a word', { choices: [{ parts: [], finishReason: null }] }],
    ['a name', { servedModel: 'gpt-4o' }],
    ['an id', { completionId: '1' }],
  ])('comes none once %s arrived', (_, seen) => {
    const view = { ...EMPTY_RUN_VIEW, ...seen };
    expect(stepAfter(BUSY, { view })).toBeNull();
    expect(stepAfter(NO_TEMPERATURE, { view })).toBeNull();
  });

  it.each(['complete', 'stopped', 'incomplete'] as const)(
    'comes none when it ended %s',
    (state) => {
      expect(nextStep({ state, failure: BUSY }, EMPTY_RUN_VIEW, FIELDS, 1, half)).toBeNull();
    },
  );
});
