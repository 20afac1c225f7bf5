import type { StreamEvent } from '../../shared/stream-event';
import { failureOfBody, reportsError } from './failure';
import { END_MARK } from './sse';
import { readUsage } from './usage';
import { isRecord, text, type WireRecord } from './wire';

/** Takes what was decoded; the same object is never handed over twice. */
export type EventSink = (event: StreamEvent) => void;

/**
 * Turns the records of one answer into events. It remembers what must not be said twice (who serves
 * it) and what tells how the answer ended.
 */
export class ChunkDecoder {
  readonly #sink: EventSink;
  readonly #key: string;
  readonly #severalChoices: boolean;
  #id: unknown = undefined;
  #model: unknown = undefined;
  #provider: unknown = undefined;
  #firstChoice = 0;
  /** A finish reason was seen, for any choice. */
  finished = false;
  /** The end mark was seen. */
  done = false;
  /** Usage came in a record without choices, after which nothing follows. */
  usageClosed = false;
  /** An error was reported inside the stream. */
  failed = false;
  /** Text, reasoning, a refusal or a tool call arrived. */
  hasOutput = false;
  /** Records that were neither JSON nor the end mark. */
  malformed = 0;
  #toolNames = new Map<string, number>();

  /** `answers` is how many were asked for (`n`); `key` is kept out of error texts. */
  constructor(sink: EventSink, answers: number, key: string) {
    this.#sink = sink;
    this.#severalChoices = answers > 1;
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
      // The answers of a super query: one completion a model, side by side.
      for (const [at, entry] of value.entries()) {
        this.#firstChoice = at;
        this.value(entry, source);
      }
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
      for (let at = 0; at < choices.length; at++) this.#choice(choices[at], at);
    }
    const usage = value.usage;
    if (isRecord(usage)) {
      this.#sink({ type: 'usage', usage: readUsage(usage, source) });
      if (!Array.isArray(choices) || choices.length === 0) this.usageClosed = true;
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
    const { id, model } = value;
    const named = value.provider;
    const provider = isRecord(named) ? (named.name ?? named.id) : named;
    if (id === this.#id && model === this.#model && (!provider || provider === this.#provider)) {
      return;
    }
    this.#id = id;
    this.#model = model;
    this.#provider = provider ?? this.#provider;
    this.#sink({
      type: 'served',
      completionId: text(id),
      model: text(model),
      provider: text(provider),
    });
  }

  /** `at` is the position in the array: the guide's own index counts chunks unless n > 1. */
  #choice(choice: unknown, at: number): void {
    if (!isRecord(choice)) return;
    const index = choice.index;
    const own = this.#severalChoices && typeof index === 'number' && index >= 0 && index < 64;
    const number = own ? index : this.#firstChoice + at;
    const delta = choice.delta ?? choice.message;
    if (isRecord(delta)) this.#delta(number, delta);
    else if (typeof choice.text === 'string') this.#say('text', number, choice.text);
    const reason = choice.finish_reason;
    if (typeof reason === 'string' && reason !== '') {
      this.finished = true;
      this.#sink({ type: 'finish', choice: number, reason });
    }
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

  #contentParts(choice: number, parts: readonly unknown[]): void {
    for (const part of parts) {
      if (isRecord(part) && typeof part.text === 'string') this.#say('text', choice, part.text);
    }
  }

  /** One of three names carries it; a server that sends several says the same thing in each. */
  #reasoning(choice: number, delta: WireRecord): void {
    const plain = text(delta.reasoning) ?? text(delta.reasoning_content);
    if (plain !== null) {
      this.#say('reasoning', choice, plain);
    } else if (Array.isArray(delta.reasoning_details)) {
      for (const detail of delta.reasoning_details) {
        const said = isRecord(detail) ? (text(detail.text) ?? text(detail.summary)) : null;
        if (said !== null) this.#say('reasoning', choice, said);
      }
    }
  }

  #say(type: 'text' | 'reasoning' | 'refusal', choice: number, said: string): void {
    if (said === '') return;
    this.hasOutput = true;
    this.#sink({ type, choice, text: said });
  }

  /** Calls are told apart by their own index, else by id (wire-facts, section 5, point 4). */
  #toolCalls(choice: number, calls: readonly unknown[]): void {
    for (const [at, entry] of calls.entries()) {
      if (!isRecord(entry)) continue;
      const called = isRecord(entry.function) ? entry.function : {};
      const index = entry.index;
      this.hasOutput = true;
      this.#sink({
        type: 'tool',
        choice,
        call: typeof index === 'number' && index >= 0 ? index : this.#callOf(choice, entry, at),
        name: text(called.name),
        text: typeof called.arguments === 'string' ? called.arguments : '',
      });
    }
  }

  #callOf(choice: number, entry: WireRecord, at: number): number {
    const id = text(entry.id);
    if (id === null) return at;
    const name = `${choice} ${id}`;
    const known = this.#toolNames.get(name) ?? this.#toolNames.size;
    this.#toolNames.set(name, known);
    return known;
  }
}
