import type { ChatRequest } from './chat-request';

/** A reply that stands in for a completion. */
export interface FixedReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly body: string;
}

/** What a fixed reply may depend on. */
export interface FixedReplyContext {
  readonly request: ChatRequest;
  readonly model: string;
  readonly promptTokens: number;
  /** Nobody sent this message to this model before. */
  readonly firstTime: boolean;
}

/** How an answer ends before its end, after some chunks of it. */
export type Break =
  /** Nothing more comes, the connection stays open. */
  | 'stall'
  /** The socket is reset (RST). */
  | 'reset'
  /** The socket is closed (FIN) without the end of the body. */
  | 'drop'
  /** The body ends, properly for HTTP, without finish reason and `[DONE]`. */
  | 'close'
  /** The same, in the middle of a character of several bytes. */
  | 'cut-character'
  /** A chunk with an error object, as at OpenRouter. */
  | 'error'
  /** An event with the field `error` instead of `data`, as from llama.cpp. */
  | 'error-field';

/**
 * Everything in which a reply can differ from the guide. An absent key means: as the guide says.
 * A model name may join several (`sim-slow+crlf`); later ones win where they contradict.
 */
export interface Behaviour {
  /** A reply instead of a completion; null: this time answer normally. */
  readonly fixed?: (context: FixedReplyContext) => FixedReply | null;
  /** Sent on to another port of this machine. */
  readonly redirect?: boolean;
  /** Not even headers are sent. */
  readonly silent?: boolean;
  /** Chunks per second; Infinity: no pauses. */
  readonly rate?: number;

  /** Another text than the topic's: so many characters, one record of so many, or without end. */
  readonly text?: 'hostile' | 'endless' | { readonly long: number } | { readonly record: number };
  /** Characters of two, three and four bytes at the beginning of the text. */
  readonly multibyte?: boolean;
  /** What else than text the answer has, and the name of the field it comes in. */
  readonly extra?: 'reasoning' | 'reasoning_content' | 'tool_calls' | 'refusal';

  readonly break?: Break;
  readonly finish?: 'none' | 'every';
  readonly usage?: 'none' | 'every';
  readonly done?: 'none';
  /** The connection stays open after the last byte. */
  readonly open?: boolean;

  /** The cost as it stands in the JSON, from the true cost in nano-dollars. */
  readonly cost?: (nano: bigint) => string;
  readonly providerObject?: boolean;
  readonly nullChoices?: boolean;
  /** Azure's frame: content filter results before the first and after the last delta. */
  readonly filterResults?: boolean;
  /** Unstreamed, and in an array of one. */
  readonly array?: boolean;

  readonly lineEnd?: '\r\n';
  readonly blankLines?: 'none';
  readonly comments?: boolean;
  readonly writes?: 'byte' | 'split-character';
  readonly contentType?: string;
  readonly gzip?: boolean;
}
