import type { StreamEvent } from '../../shared/stream-event';
import type { Usage } from '../../shared/usage';
import { failureOfBody, reportsError } from './failure';
import { END_MARK } from './sse';
import { readUsage, sumUsage, UNKNOWN_USAGE, withRestOf } from './usage';
import { isRecord, text, type WireRecord } from './wire';

/** Takes what was decoded; the same object is never handed over twice. */
export type EventSink = (event: StreamEvent) => void;

/**
 * More answers than this to one request, or calls in one answer, nobody asked for: five models with
 * five answers each is the most there is. What follows is left out, because the work of folding an
 * answer grows with it.
 */
const MAX_CHOICES = 64;
const MAX_CALLS = 128;

/** Names are kept in each row of the ledger, and sums are told apart by them. */
const MAX_NAME_LENGTH = 300;

/** The tool calls of one answer. */
interface Calls {
  readonly byMark: Map<string, number>;
  /** The id that each began with. */
  readonly ids: (string | null)[];
}

/**
 * Turns the records of one answer into events. It remembers what must not be said twice (who serves
 * it) and what tells how the answer ended.
 */
export class ChunkDecoder {
  readonly #sink: EventSink;
  readonly #key: string;
  readonly #answers: number;
  #id: string | null = null;
  #model: string | null = null;
  #provider: string | null = null;
  #usage: Usage | null = null;
  readonly #calls = new Map<number, Calls>();
  /** A finish reason was seen, for any choice. */
  finished = false;
  /** Output came after a finish reason: it does not tell the end here. */
  wentOn = false;
  /** The end mark was seen. */
  done = false;
  /** Usage came after the finish reason and without choices: nothing follows it. */
  usageClosed = false;
  /** An error was reported inside the stream. */
  failed = false;
  /** Text, reasoning, a refusal or a tool call arrived. */
  hasOutput = false;
  /** Records that were neither JSON nor the end mark. */
  malformed = 0;

  /** `answers` is how many were asked for (`n`); `key` is kept out of error texts. */
  constructor(sink: EventSink, answers: number, key: string) {
    this.#sink = sink;
    this.#answers = answers;
    this.#key = key;
  }

  /**
   * Decodes one record of a stream. Returns false when it is not JSON and `whole` says it may only be
   * part of a record.
   */
  record(data: string, whole: boolean): boolean {
    if (data === END_MARK) {
      this.done = true;
      return true;
    }
    let chunk: unknown;
    try {
      chunk = JSON.parse(data);
    } catch {
      if (whole) this.malformed += 1;
      return whole;
    }
    this.value(chunk, data);
    return true;
  }

  /** Decodes an `error:` field of a stream, whose value may be JSON or plain words. */
  errorField(data: string): void {
    let body: unknown = data;
    try {
      body = JSON.parse(data);
    } catch {
      // Plain words are a message too.
    }
    this.#fail(isRecord(body) && body.error !== undefined ? body : { error: body });
  }

  /** Decodes a parsed chunk or completion; `source` is its text. */
  value(value: unknown, source: string): void {
    if (Array.isArray(value)) {
      this.#sideBySide(value, source);
      return;
    }
    if (!isRecord(value)) {
      this.malformed += 1;
      return;
    }
    if (reportsError(value)) this.#fail(value);
    this.#whoServes(value);
    const choices = value.choices;
    if (Array.isArray(choices)) {
      const end = Math.min(choices.length, MAX_CHOICES);
      for (let at = 0; at < end; at++) this.#choice(choices[at], at);
    }
    const usage = value.usage;
    if (isRecord(usage)) {
      this.#usage = withRestOf(this.#usage, readUsage(usage, source));
      this.#sink({ type: 'usage', usage: this.#usage });
      const last = !Array.isArray(choices) || choices.length === 0;
      if (last && this.finished) this.usageClosed = true;
    }
  }

  /**
   * The answers of a super query, a completion for each model. Their choices stand side by side, and
   * the bill is for all of them together: a part of it that one of them keeps to itself is unknown.
   */
  #sideBySide(answers: readonly unknown[], source: string): void {
    const served = { ids: new Set<string>(), models: new Set<string>(), by: new Set<string>() };
    const usages: Usage[] = [];
    let first = 0;
    for (const answer of answers) {
      if (first >= MAX_CHOICES) break;
      const events: StreamEvent[] = [];
      const inner = new ChunkDecoder((event) => void events.push(event), this.#answers, this.#key);
      if (isRecord(answer)) inner.value(answer, source);
      else inner.malformed += 1;
      let end = first + 1;
      let usage = inner.hasOutput ? UNKNOWN_USAGE : null;
      for (const event of events) {
        switch (event.type) {
          case 'served':
            if (event.completionId !== null) served.ids.add(event.completionId);
            if (event.model !== null) served.models.add(event.model);
            if (event.provider !== null) served.by.add(event.provider);
            break;
          case 'usage':
            usage = event.usage;
            break;
          case 'error':
            this.#sink(event);
            break;
          case 'waiting':
          case 'sent':
            break;
          default: {
            const choice = Math.min(first + event.choice, MAX_CHOICES);
            end = Math.max(end, choice + 1);
            this.#sink({ ...event, choice });
          }
        }
      }
      if (usage) usages.push(usage);
      this.finished ||= inner.finished;
      this.failed ||= inner.failed;
      this.hasOutput ||= inner.hasOutput;
      this.malformed += inner.malformed;
      first = end;
    }
    const [completionId = null] = served.ids;
    const model = [...served.models].join(',') || null;
    const provider = [...served.by].join(',') || null;
    if (completionId ?? model ?? provider) {
      this.#sink({ type: 'served', completionId, model, provider });
    }
    if (usages.some((usage) => usage !== UNKNOWN_USAGE)) {
      this.#sink({ type: 'usage', usage: sumUsage(usages) });
    }
  }

  #fail(body: WireRecord): void {
    this.failed = true;
    this.#sink({
      type: 'error',
      failure: failureOfBody(body, undefined, this.#key),
    });
  }

  /** OpenRouter puts an object where APIpie puts the provider's name; its name is taken then. */
  #whoServes(value: WireRecord): void {
    const named = value.provider;
    // Nearly every chunk says again what the last one said.
    if (value.id === this.#id && value.model === this.#model && named === this.#provider) return;
    const id = nameIn(value.id) ?? this.#id;
    const model = nameIn(value.model) ?? this.#model;
    const provider = nameIn(isRecord(named) ? (named.name ?? named.id) : named) ?? this.#provider;
    if (id === this.#id && model === this.#model && provider === this.#provider) return;
    this.#id = id;
    this.#model = model;
    this.#provider = provider;
    this.#sink({ type: 'served', completionId: id, model, provider });
  }

  /** `at` is the position in the array: the guide's own index counts chunks unless n > 1. */
  #choice(choice: unknown, at: number): void {
    if (!isRecord(choice)) return;
    const number = this.#answers > 1 && isPlace(choice.index) ? choice.index : at;
    const delta = choice.delta ?? choice.message;
    if (isRecord(delta)) this.#delta(number, delta);
    else if (typeof choice.text === 'string') this.#say('text', number, choice.text);
    const reason = choice.finish_reason;
    if (typeof reason === 'string' && reason !== '') {
      this.finished = true;
      this.#sink({ type: 'finish', choice: number, reason: reason.slice(0, MAX_NAME_LENGTH) });
    }
    // OpenRouter may report an error in the choice that failed, or by the reason alone.
    const { error } = choice;
    if (error !== undefined && reportsError({ error })) this.#fail({ error });
    else if (reason === 'error' && !this.failed) this.#fail({});
  }

  #delta(choice: number, delta: WireRecord): void {
    const content = delta.content;
    if (typeof content === 'string') {
      if (content !== '') this.#say('text', choice, content);
    } else if (Array.isArray(content)) {
      this.#contentParts(choice, content);
    }
    if ('reasoning' in delta || 'reasoning_content' in delta || 'reasoning_details' in delta) {
      this.#reasoning(choice, delta);
    }
    if (typeof delta.refusal === 'string') this.#say('refusal', choice, delta.refusal);
    if (Array.isArray(delta.tool_calls)) this.#toolCalls(choice, delta.tool_calls);
  }

  /** Mistral's models put what they think among the parts, in parts of its own. */
  #contentParts(choice: number, parts: readonly unknown[]): void {
    for (const part of parts) {
      if (!isRecord(part)) continue;
      if (typeof part.text === 'string') this.#say('text', choice, part.text);
      if (!Array.isArray(part.thinking)) continue;
      for (const thought of part.thinking) {
        const said = isRecord(thought) ? words(thought.text) : null;
        if (said !== null) this.#say('reasoning', choice, said);
      }
    }
  }

  /** One of three names carries it; a server that sends several says the same thing in each. */
  #reasoning(choice: number, delta: WireRecord): void {
    const plain = words(delta.reasoning) ?? words(delta.reasoning_content);
    if (plain !== null) {
      this.#say('reasoning', choice, plain);
    } else if (Array.isArray(delta.reasoning_details)) {
      for (const detail of delta.reasoning_details) {
        const said = isRecord(detail) ? (words(detail.text) ?? words(detail.summary)) : null;
        if (said !== null) this.#say('reasoning', choice, said);
      }
    }
  }

  #say(type: 'text' | 'reasoning' | 'refusal', choice: number, said: string): void {
    if (said === '') return;
    this.hasOutput = true;
    this.wentOn ||= this.finished;
    this.#sink({ type, choice, text: said });
  }

  #toolCalls(choice: number, calls: readonly unknown[]): void {
    for (const entry of calls) {
      if (!isRecord(entry)) continue;
      const called = isRecord(entry.function) ? entry.function : {};
      const name = text(called.name);
      const call = this.#callOf(choice, entry, name);
      if (call >= MAX_CALLS) continue;
      this.hasOutput = true;
      const said = typeof called.arguments === 'string' ? called.arguments : '';
      this.#sink({ type: 'tool', choice, call, name, text: said });
    }
  }

  /**
   * Calls are told apart by their own index, else by id (wire-facts, section 5, point 4), and counted
   * from 0 in the order they come. What has neither begins a call if it has a name, else goes on. Some
   * servers give each of several calls the index 0: a name under another id begins a call, too.
   */
  #callOf(choice: number, { index, id: given }: WireRecord, name: string | null): number {
    let calls = this.#calls.get(choice);
    if (!calls) {
      calls = { byMark: new Map(), ids: [] };
      this.#calls.set(choice, calls);
    }
    const { byMark, ids } = calls;
    const id = text(given);
    const own = isPlace(index) ? `index ${index}` : id;
    if (own === null && name === null) return Math.max(0, ids.length - 1);
    const mark = own ?? `call ${ids.length}`;
    const known = byMark.get(`${mark} id ${id}`) ?? byMark.get(mark);
    if (known !== undefined) {
      const first = ids[known] ?? null;
      if (name === null || id === null || first === null || first === id) return known;
    }
    const call = ids.length;
    if (call < MAX_CALLS) {
      ids.push(id);
      byMark.set(mark, call);
      if (id !== null) byMark.set(`${mark} id ${id}`, call);
    }
    return call;
  }
}

function isPlace(index: unknown): index is number {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < MAX_CHOICES;
}

function nameIn(value: unknown): string | null {
  return text(value)?.slice(0, MAX_NAME_LENGTH) ?? null;
}

function words(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
