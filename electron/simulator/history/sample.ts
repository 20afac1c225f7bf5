import type { SampleParameters } from './ways';

/** How an answer ended, as the app names it. */
export type SampleEnd = 'complete' | 'stopped' | 'incomplete' | 'failed';

export interface SampleAnswer {
  readonly model: string;
  readonly preset: string | null;
  readonly parameters: SampleParameters;
  /** What went along with the request. */
  readonly prompt: { readonly messages: number; readonly characters: number };
  /** Milliseconds since 1970, as all times here. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** The request was turned away once before, because there were too many. */
  readonly refusedFirst: boolean;
  readonly end: SampleEnd;
  /** Why it failed: the provider broke, or the account was empty. */
  readonly failure: 'upstream' | 'no_credit' | null;
  readonly parts: readonly { readonly kind: 'reasoning' | 'text'; readonly text: string }[];
  /** Null where no model began. */
  readonly served: {
    readonly completionId: string;
    readonly model: string;
    readonly provider: string;
    readonly firstTokenMs: number;
  } | null;
  /** The usage block as the server would have sent it; null where it was not waited for. */
  readonly usage: string | null;
}

export interface SampleTurn {
  /** A new message, another answer to the last one, or the last message in other words. */
  readonly kind: 'next' | 'again' | 'edited';
  /** Empty for another answer. */
  readonly text: string;
  readonly system: string;
  /** More than one: they were asked side by side. */
  readonly answers: readonly SampleAnswer[];
}

export interface SampleConversation {
  readonly tags: readonly string[];
  readonly turns: readonly SampleTurn[];
  readonly place: 'pinned' | 'list' | 'archive' | 'trash';
}
