import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { MAX_ATTEMPTS as MAIN_ATTEMPTS } from '../../../electron/provider/retry';
import {
  attemptOf,
  MAX_ATTEMPTS,
  secondsLeft,
} from '../../../renderer/features/chat/answer-waiting';
import { FailureAlert } from '../../../renderer/features/chat/failure-alert';
import {
  failureNext,
  failureTitle,
  failureWord,
  REASONS,
  runNext,
} from '../../../renderer/features/chat/failure-text';
import { startTexts } from '../../../renderer/locales/i18n';
import type { Run } from '../../../shared/contract/conversation';
import { errorCode, type Failure } from '../../../shared/errors';
import { connectionId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { answer, answeredRun, refusedRun } from '../../fixtures/answered';

beforeAll(() => startTexts());

const t = i18next.t;
const electron = resolve(import.meta.dirname, '../../../electron');

describe('the words for a failure', () => {
  const names = { name: 'APIpie', model: 'gpt-4o' };

  it('exist for each code, without a gap where a name belongs', () => {
    for (const code of errorCode.options) {
      const title = failureTitle({ code }, names, t);
      expect(title).not.toContain('errors.');
      expect(title).not.toContain('{{');
      const next = failureNext({ code }, names, t);
      if (next !== null) expect(next).not.toMatch(/errors\.|\{\{/);
    }
  });

  it('use the finer reason where there is one, and the code where it is new', () => {
    expect(failureTitle({ code: 'network', reason: 'dns' }, names, t)).toContain('not found');
    expect(failureTitle({ code: 'network', reason: 'new_one' }, names, t)).toContain('reached');
  });

  it('say how long the server asks to wait', () => {
    const next = failureNext({ code: 'rate_limited', retryAfterMs: 20_000 }, names, t);
    expect(next).toContain('20 s');
  });

  it('state cost and what was kept, and offer the way to a new key', () => {
    const failure: Failure = { code: 'key_rejected', status: 401 };
    const html = renderToStaticMarkup(
      <FailureAlert
        run={answeredRun({ state: 'failed', failure, cost: nano(0n), costSource: 'none' })}
        failure={failure}
        characters={0}
        connectionId={null}
        remedies={remedies}
      />,
    );
    expect(html).toContain('APIpie did not accept the key');
    expect(html).toContain('Refused before a model ran.');
    expect(html).toContain('Your message.');
    expect(html).toContain('Answer again');
  });

  it('exist in short for each code', () => {
    for (const code of errorCode.options) expect(failureWord({ code }, t)).not.toContain('errors.');
  });

  it('exist for each reason, and end with what to do next', () => {
    for (const reason of REASONS) {
      const title = failureTitle({ code: 'network', reason }, names, t);
      expect(title, reason).not.toMatch(/errors\.|\{\{/);
      expect(title, reason).not.toBe(failureTitle({ code: 'network' }, names, t));
      expect(failureNext({ code: 'network', reason }, names, t), reason).toMatch(/\.$/);
    }
  });

  it('exist for every reason that the main process gives', () => {
    const given = reasonsGiven();
    expect(given).toContain('tls_untrusted');
    expect(given).toContain('app_ended');
    expect(given.filter((reason) => !REASONS.some((known) => known === reason))).toEqual([]);
  });
});

/** Whatever stands where a reason stands in the sources of the main process. */
function reasonsGiven(): string[] {
  const found = ['provider', 'runs'].flatMap((folder) =>
    readdirSync(join(electron, folder)).flatMap((name) => {
      const source = readFileSync(join(electron, folder, name), 'utf8');
      const literals = [...source.matchAll(/\breason(?:: |: [^,;]*\? |: [^,;]*: )'([a-z_]+)'/g)];
      const pairs = [...source.matchAll(/\/[a-z]*, '([a-z_]+)'\],?$/gm)];
      return [...literals, ...pairs].map(([, reason = '']) => reason);
    }),
  );
  const codes: ReadonlySet<string> = new Set(errorCode.options);
  const finishReasons = new Set(['stop', 'error', 'tool_calls', 'length']);
  return [...new Set(found)].filter((reason) => !codes.has(reason) && !finishReasons.has(reason));
}

const remedies = { answerAgain: () => {}, otherModel: () => {}, editMessage: () => {} };

describe('the steps out of a failure', () => {
  const buttons = (failure: Failure) => {
    const html = renderToStaticMarkup(
      <FailureAlert
        run={answeredRun({ state: 'failed', failure, cost: nano(0n), costSource: 'none' })}
        failure={failure}
        characters={0}
        connectionId={connectionId.parse(3)}
        remedies={remedies}
      />,
    );
    return [...html.matchAll(/<(?:a|button)[^>]*>([^<]+)</g)].map(([, words]) => words);
  };

  it('are those that can help, and asking again is always among them', () => {
    expect(buttons({ code: 'content_blocked' })).toEqual([
      'Edit the message',
      'Answer again',
      'Other model',
      'Details',
    ]);
    expect(buttons({ code: 'network', reason: 'refused' })).toEqual([
      'Open settings',
      'Answer again',
      'Details',
    ]);
    expect(buttons({ code: 'key_rejected', status: 401 })[0]).toBe('Enter the key again');
    for (const code of errorCode.options) expect(buttons({ code }), code).toContain('Answer again');
  });

  it('are none in a column, where nothing is offered', () => {
    const failure: Failure = { code: 'content_blocked' };
    const html = renderToStaticMarkup(
      <FailureAlert
        run={answeredRun({ state: 'failed', failure })}
        failure={failure}
        characters={0}
        connectionId={null}
      />,
    );
    expect(html).not.toContain('Answer again');
  });
});

describe('a server that asks for a long wait', () => {
  const failure: Failure = { code: 'rate_limited', status: 429, retryAfterMs: 290_000 };
  const run: Run = refusedRun({ failure, startedAt: Date.UTC(2026, 0, 1, 12, 0), totalMs: 1000 });

  it('is quoted, rounded up so that nobody comes too early', () => {
    const names = { name: 'APIpie', model: 'm' };
    expect(failureTitle(failure, names, t)).toBe('APIpie asks to wait 5 minutes');
    const day = { ...failure, retryAfterMs: 86_400_000 };
    expect(failureTitle(day, names, t)).toBe('APIpie asks to wait 24 hours');
  });

  it('gets a Try again at once, with the time from which it makes sense', () => {
    const html = renderToStaticMarkup(
      <FailureAlert
        run={run}
        failure={failure}
        characters={0}
        connectionId={null}
        remedies={remedies}
      />,
    );
    expect(html).toContain('Try again');
    expect(runNext(run, failure, run.startedAt + 2000, t)).toMatch(/from \d\d:\d\d on/);
    expect(runNext(run, failure, run.startedAt + 400_000, t)).toContain('over');
  });

  it('is no long wait where the app waits by itself', () => {
    const short: Failure = { code: 'rate_limited', retryAfterMs: 60_000 };
    expect(failureTitle(short, { name: 'APIpie', model: 'm' }, t)).toContain('too many requests');
  });
});

describe('the wait before an attempt', () => {
  it('counts down to zero and no further', () => {
    expect(secondsLeft(5000, 1001)).toBe(4);
    expect(secondsLeft(5000, 5000)).toBe(0);
    expect(secondsLeft(5000, 9000)).toBe(0);
  });

  it('knows its number also before the stored message does', () => {
    const first = runId.parse(1);
    const second = runId.parse(2);
    expect(attemptOf(answer(2, answeredRun({ id: first })), second)).toBe(2);
    expect(attemptOf(answer(2, answeredRun({ id: second, attempt: 2 })), second)).toBe(2);
  });

  it('promises as many attempts as there are', () => {
    expect(MAX_ATTEMPTS).toBe(MAIN_ATTEMPTS);
  });
});
