import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import i18next from 'i18next';
import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { Receipt, type ReceiptProps } from '../../../renderer/features/chat/receipt';
import {
  liveFigures,
  modelName,
  storedFigures,
} from '../../../renderer/features/chat/receipt-figures';
import { servedText, tokensText } from '../../../renderer/features/chat/receipt-text';
import { fullDecimals, Slip } from '../../../renderer/features/chat/slip';
import { startedRun } from '../../../renderer/live/live-run';
import { startTexts } from '../../../renderer/locales/i18n';
import { TooltipProvider } from '../../../renderer/ui/tooltip';
import type { Run } from '../../../shared/contract/conversation';
import { conversationId, messageId, runId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import { reduceRun } from '../../../shared/run-view';
import { answeredRun, refusedRun } from '../../fixtures/answered';

const complete = answeredRun();

beforeAll(() => startTexts());

const t = i18next.t;

function textOf(element: ReactElement): string {
  const html = renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipProvider>{element}</TooltipProvider>
    </QueryClientProvider>,
  );
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

function receiptText(run: Run, characters = 100, more: Partial<ReceiptProps> = {}): string {
  const id = messageId.parse(1);
  return textOf(
    <Receipt
      figures={storedFigures(run, characters)}
      run={run}
      attempts={[]}
      together={1}
      startedAt={null}
      text="words"
      versions={[id]}
      version={id}
      onVersion={() => {}}
      onCompare={() => {}}
      onFork={() => {}}
      onRemove={() => {}}
      onAnswerAgain={null}
      models={[]}
      {...more}
    />,
  );
}

function slipText(run: Run, attempts: readonly Run[] = [], together = 1): string {
  return textOf(
    <Slip run={run} attempts={attempts} figures={storedFigures(run, 100)} together={together} />,
  );
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
    const refused = refusedRun();
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

describe('the opened receipt', () => {
  it('has a row for each attempt, with what it cost', () => {
    const run = answeredRun({ attempt: 2 });
    const text = slipText(run, [refusedRun({ id: runId.parse(9) })]);
    expect(text).toContain('Attempt 1: rate limited nothing to pay');
    expect(text).toContain('Attempt 2: answered $0.003205');
  });

  it('never calls an attempt of unknown cost free', () => {
    const broken = refusedRun({ id: runId.parse(9), cost: null, costSource: 'unknown' });
    expect(slipText(answeredRun({ attempt: 2 }), [broken])).toContain('rate limited unknown');
  });

  it('has no attempts where the first one was answered', () => {
    expect(slipText(complete)).not.toContain('Attempt');
  });

  it('says what was left out or renamed for the server', () => {
    const text = slipText(
      answeredRun({
        adaptations: [
          { action: 'leave_out', field: 'temperature' },
          { action: 'rename', field: 'max_tokens', to: 'max_completion_tokens' },
        ],
      }),
    );
    expect(text).toContain('Sent without temperature, which this server refuses.');
    expect(text).toContain('Sent max_tokens as max_completion_tokens');
  });

  it('names the parameters that were sent as the panel does, and no others', () => {
    const parameters = { temperature: 0.7, routing: 'perf', stop: ['\n'], stream: false } as const;
    const text = slipText(answeredRun({ parameters: { ...parameters, stop: ['\n'] } }));
    expect(text).toContain('Temperature 0.7');
    expect(text).toContain('Routing Latency');
    expect(text).toContain('Stop sequences &quot;\\n&quot;');
    expect(text).toContain('Stream off');
    expect(text).not.toContain('Top P');
  });

  it('says for how many answers a request was paid, once', () => {
    const run = answeredRun({ answers: 3 });
    expect(slipText(run, [], 3)).toContain('Cost, reported, for 3 answers together');
    expect(slipText(run, [], 3)).toContain('Answers asked for × 3');
    expect(receiptText(run, 100, { together: 3 })).toContain('for 3 answers together');
    expect(receiptText(run)).not.toContain('together');
  });

  it('sets what was asked for beside what served where they differ', () => {
    const text = slipText(answeredRun({ requestedProvider: 'bedrock' }));
    expect(text).toContain('Requested auto');
    expect(text).toContain('Served gpt-4o');
    expect(text).toContain('Requested from bedrock');
    const same = slipText(answeredRun({ requestedModel: 'gpt-4o' }));
    expect(same).not.toContain('Requested');
  });

  it('counts characters where the server does, and says how fast it was', () => {
    const text = slipText(answeredRun({ promptCharacters: 7616, responseCharacters: 964 }));
    expect(text).toContain('Prompt, characters 7,616');
    expect(text).toContain('Reply, characters 964');
    expect(text).toContain('Speed 69 tokens/s');
    const short = slipText(answeredRun({ firstTokenMs: 4000, totalMs: 4100 }));
    expect(short).not.toContain('characters');
    expect(short).not.toContain('Speed');
  });

  it('marks a cost that was reconciled, and calls an estimated one about', () => {
    expect(slipText(answeredRun({ costSource: 'reconciled' }))).toContain('Cost, reconciled $');
    const text = slipText(answeredRun({ costSource: 'estimated' }));
    expect(text).toContain('Cost, estimated about $0.003205');
  });

  it('counts cached and reasoning tokens apart', () => {
    const text = slipText(answeredRun({ cachedTokens: 1024, reasoningTokens: 88 }));
    expect(text).toContain('Of the prompt, cached 1,024 tokens');
    expect(text).toContain('Of the reply, reasoning 88 tokens');
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
