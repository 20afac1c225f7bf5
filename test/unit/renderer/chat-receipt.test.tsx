import i18next from 'i18next';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { FailureAlert } from '../../../renderer/features/chat/failure-alert';
import { failureNext, failureTitle } from '../../../renderer/features/chat/failure-text';
import { Receipt } from '../../../renderer/features/chat/receipt';
import {
  liveFigures,
  modelName,
  storedFigures,
} from '../../../renderer/features/chat/receipt-figures';
import { servedText, tokensText } from '../../../renderer/features/chat/receipt-text';
import { fullDecimals } from '../../../renderer/features/chat/slip';
import { startedRun } from '../../../renderer/live/live-run';
import { startTexts } from '../../../renderer/locales/i18n';
import { TooltipProvider } from '../../../renderer/ui/tooltip';
import type { Run } from '../../../shared/contract/conversation';
import { errorCode, type Failure } from '../../../shared/errors';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { reduceRun } from '../../../shared/run-view';

const complete: Run = {
  id: runId.parse(1),
  state: 'complete',
  failure: null,
  finishReason: 'stop',
  connectionName: 'APIpie',
  requestedModel: 'auto',
  servedModel: 'gpt-4o',
  servedProvider: 'openrouter',
  promptTokens: 1904,
  completionTokens: 241,
  cachedTokens: null,
  reasoningTokens: null,
  promptCharacters: null,
  responseCharacters: null,
  cost: nano(3_205_000n),
  costSource: 'reported',
  latencyMs: null,
  firstTokenMs: 610,
  totalMs: 4100,
  startedAt: 0,
  isDemo: false,
};

beforeAll(() => startTexts());

const t = i18next.t;

function receiptText(run: Run, characters = 100): string {
  const id = messageId.parse(1);
  const html = renderToStaticMarkup(
    <TooltipProvider>
      <Receipt
        figures={storedFigures(run, characters)}
        run={run}
        startedAt={null}
        text="words"
        versions={[id]}
        version={id}
        onVersion={() => {}}
        onAnswerAgain={null}
      />
    </TooltipProvider>,
  );
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

describe('the receipt', () => {
  it('states cost, tokens, time and who served it', () => {
    const text = receiptText(complete);
    expect(text).toContain('$0.003205');
    expect(text).toContain('1,904 → 241 tokens');
    expect(text).toContain('4.1 s');
    expect(text).toContain('gpt-4o · openrouter');
  });

  it('never shows a zero for a cost that nobody knows', () => {
    const text = receiptText({ ...complete, cost: null, costSource: 'unknown' });
    expect(text).toContain('unknown');
    expect(text).not.toContain('$');
  });

  it('shows nothing to pay as a full figure and says who refused', () => {
    const refused: Run = {
      ...complete,
      state: 'failed',
      cost: nano(0n),
      costSource: 'none',
      servedModel: null,
      servedProvider: null,
      promptTokens: null,
      completionTokens: null,
    };
    const text = receiptText(refused, 0);
    expect(text).toContain('$0.000000');
    expect(text).toContain('no tokens');
    expect(text).toContain('refused by APIpie');
  });

  it('marks what it works out from characters', () => {
    const cut = { ...complete, state: 'incomplete' as const, completionTokens: null };
    expect(tokensText(storedFigures(cut, 263), t)).toBe('1,904 → ~66 tokens');
  });

  it('counts along while the answer runs', () => {
    const ref = {
      runId: runId.parse(1),
      conversationId: conversationId.parse(1),
      messageId: messageId.parse(1),
    };
    const started = startedRun(ref, 0, 0);
    const view = reduceRun(started.view, { type: 'text', choice: 0, text: 'x'.repeat(568) });
    const figures = liveFigures({ ...started, view }, 'gpt-4o', 72);
    expect(figures.cost.kind).toBe('running');
    expect(tokensText(figures, t)).toBe('~18 → ~142 tokens');
    expect(servedText(figures, t)).toBe('gpt-4o');
  });

  it('writes a figure out only as far as it goes', () => {
    expect(fullDecimals(nano(3_205_000n))).toBe(6);
    expect(fullDecimals(nano(3_205_400n))).toBe(7);
    expect(fullDecimals(nano(3_205_417n))).toBe(9);
  });
});

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
        run={{ ...complete, state: 'failed', failure, cost: nano(0n), costSource: 'none' }}
        failure={failure}
        characters={0}
        connectionId={null}
        onAnswerAgain={() => {}}
      />,
    );
    expect(html).toContain('APIpie did not accept the key');
    expect(html).toContain('Refused before a model ran.');
    expect(html).toContain('Your message.');
    expect(html).toContain('Answer again');
  });
});

describe('the name of a model', () => {
  it('is the one it was asked by, where the served one only adds its maker', () => {
    expect(modelName('gpt-4o', 'openai/gpt-4o')).toBe('gpt-4o');
    expect(modelName('gpt-4o', null)).toBe('gpt-4o');
  });

  it('is the served one where another model answered', () => {
    expect(modelName('gpt-4o', 'openai/gpt-4o-mini')).toBe('openai/gpt-4o-mini');
  });
});
