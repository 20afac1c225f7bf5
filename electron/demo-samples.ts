import { EMPTY_CHAT_SETTINGS } from '../shared/chat-settings';
import type { Connection } from '../shared/contract/connection';
import type { Failure } from '../shared/errors';
import { localDay, startOfDay } from '../shared/local-day';
import { factorsOf } from '../shared/parameters';
import { EMPTY_RUN_VIEW, type RunView } from '../shared/run-view';
import { MESSAGE_TOKENS } from '../shared/token-estimate';
import { costRecordOf } from './money/cost-record';
import { requestEstimate } from './money/request-estimate';
import type { CompletionEnd } from './provider/completion';
import { readUsage } from './provider/usage';
import { isRecord } from './provider/wire';
import { outcomeOf } from './runs/outcome';
import { titleOf } from './runs/title';
import { sampleHistory } from './simulator/history/history';
import { SAMPLE_PRESETS, type SamplePreset } from './simulator/history/presets';
import type {
  SampleAnswer as Answer,
  SampleConversation as Conversation,
  SampleTurn as Turn,
} from './simulator/history/sample';
import {
  SAMPLE_UID,
  type SampleConversation,
  type SampleRun,
  type Samples,
  type SampleTurn,
} from './store/queries/demo-samples';
import type { AnsweredRun } from './store/queries/estimates';
import type { RunHead, RunOutcome } from './store/queries/runs';

/** What the rows of the samples say of their server. */
type SampleServer = Pick<Connection, 'name' | 'profile' | 'baseUrl'>;

const DAY_MS = 86_400_000;

/** As `estimateTokens` counts the Latin script that the samples are written in. */
const CHARACTERS_PER_TOKEN = 4;

/** How long a server said to wait that had too many requests, in milliseconds. */
const WAIT_MS = 2000;

const FAILURES: Readonly<Record<NonNullable<Answer['failure']>, Failure>> = {
  upstream: { code: 'provider_failed', status: 502, detail: 'The upstream provider failed' },
  no_credit: {
    code: 'no_credit',
    status: 402,
    detail: 'Your account appears to be out of credit',
  },
};

const TOO_MANY: CompletionEnd = {
  state: 'failed',
  failure: {
    code: 'rate_limited',
    status: 429,
    detail: 'Rate limit reached for requests. Please try again later.',
    retryAfterMs: WAIT_MS,
  },
};

const CUT_OFF: Failure = { code: 'incomplete', reason: 'closed' };

/**
 * The sample conversations of the ninety days up to now (ms since 1970) as the store takes them: each
 * request becomes a row in the way in which an answer of the simulator would.
 */
export function demoSamples(now: number, timeZone: string, server: SampleServer): Samples {
  const today = localDay(now, timeZone);
  const history = sampleHistory({
    today,
    until: now,
    startOf: (daysAgo) => startOfDay(dayBefore(today, daysAgo), timeZone),
  });
  const rows = new SampleRows(timeZone, server);
  return {
    presets: SAMPLE_PRESETS.map((preset) => ({
      name: preset.name,
      content: {
        connectionId: null,
        model: preset.model,
        settings: settingsOf(preset.system, preset.parameters),
        opening: [],
      },
    })),
    conversations: history.map((conversation, index) => rows.conversation(conversation, index)),
    at: now,
  };
}

function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

function settingsOf(system: string, parameters: Answer['parameters'] | SamplePreset['parameters']) {
  return { ...EMPTY_CHAT_SETTINGS, system, parameters };
}

/** So many of a model's answers say what the next one costs; the app itself looks at more. */
const REMEMBERED = 12;

/** Makes rows of the samples, the oldest first: an estimate needs what was answered before. */
class SampleRows {
  readonly #timeZone: string;
  readonly #server: SampleServer;
  readonly #answered = new Map<string, AnsweredRun[]>();

  constructor(timeZone: string, server: SampleServer) {
    this.#timeZone = timeZone;
    this.#server = server;
  }

  conversation({ tags, turns, place }: Conversation, index: number): SampleConversation {
    const uid = `${SAMPLE_UID}${index}`;
    return {
      uid,
      title: titleOf(turns[0]?.text ?? ''),
      tags,
      place,
      turns: turns.map((turn, at) => this.#turn(turn, `${uid}-${at}`)),
    };
  }

  #turn({ kind, text, system, answers }: Turn, uid: string): SampleTurn {
    const fanOut = answers.length > 1 ? uid : null;
    return {
      kind,
      text,
      settings: settingsOf(system, answers[0]?.parameters ?? {}),
      runs: answers.map((answer, at) => this.#run(answer, `${uid}-${at}`, fanOut)),
    };
  }

  #run(answer: Answer, uid: string, fanOut: string | null): SampleRun {
    const { model, parameters, preset, startedAt } = answer;
    const { name, profile, baseUrl } = this.#server;
    const head = {
      ...factorsOf(model, parameters),
      uid,
      connectionName: name,
      presetName: preset,
      profile,
      baseUrl,
      attempt: 1,
      fanOut,
      model,
      provider: parameters.provider ?? null,
      routing: parameters.routing ?? null,
      parameters: JSON.stringify(parameters),
      extra: '{}',
      adaptations: '[]',
      ...this.#estimate(answer),
      overBudget: false,
      purpose: 'answer' as const,
      startedAt,
      day: localDay(startedAt, this.#timeZone),
    };
    const outcome = outcomeOfAnswer(answer);
    this.#remember(head, outcome);
    const refused = answer.refusedFirst ? refusalAt(startedAt) : null;
    return { head, refused, outcome, parts: partsOf(answer) };
  }

  #estimate({ model, prompt, parameters }: Answer): Pick<RunHead, 'promptEstimate' | 'estimate'> {
    const promptEstimate =
      Math.ceil(prompt.characters / CHARACTERS_PER_TOKEN) + prompt.messages * MESSAGE_TOKENS;
    const record = costRecordOf(this.#answered.get(model) ?? []);
    const estimate = requestEstimate([{ record, offers: [] }], promptEstimate, parameters);
    return { promptEstimate, estimate };
  }

  #remember(head: SampleRun['head'], { state, promptTokens, completionTokens, cost }: RunOutcome) {
    if (state !== 'complete' || cost === null) return;
    const { model, promptEstimate, answers, votes, models } = head;
    const answered = this.#answered.get(model) ?? [];
    const newest = {
      promptTokens,
      estimatedTokens: promptEstimate,
      replyTokens: completionTokens,
      answers,
      votes,
      models,
      cost,
    };
    this.#answered.set(model, [newest, ...answered].slice(0, REMEMBERED));
  }
}

function refusalAt(at: number): RunOutcome {
  return outcomeOf(EMPTY_RUN_VIEW, TOO_MANY, { endedAt: at, firstTokenMs: null, totalMs: 0 });
}

function outcomeOfAnswer(answer: Answer): RunOutcome {
  const { served, startedAt, endedAt, usage } = answer;
  const parts = partsOf(answer);
  const finishReason = answer.end === 'complete' ? 'stop' : null;
  const block: unknown = usage === null ? null : JSON.parse(usage);
  const view: RunView = {
    ...EMPTY_RUN_VIEW,
    completionId: served?.completionId ?? null,
    servedModel: served?.model ?? null,
    servedProvider: served?.provider ?? null,
    choices: served === null ? [] : [{ parts, finishReason }],
    usage: usage !== null && isRecord(block) ? readUsage(block, usage) : null,
  };
  return outcomeOf(view, endOf(answer), {
    endedAt,
    firstTokenMs: served?.firstTokenMs ?? null,
    totalMs: endedAt - startedAt,
  });
}

function endOf({ end, failure }: Answer): CompletionEnd {
  switch (end) {
    case 'complete':
    case 'stopped':
      return { state: end, failure: null };
    case 'incomplete':
      return { state: end, failure: CUT_OFF };
    case 'failed':
      return { state: end, failure: failure === null ? { code: 'internal' } : FAILURES[failure] };
  }
}

function partsOf({ parts }: Answer) {
  return parts.map(({ kind, text }) => ({ kind, text, name: null }));
}
