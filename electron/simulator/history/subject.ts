import type { Topic } from '../answers/topic';

/** What a conversation is for; each kind of work goes to other models. */
export type Kind = 'code' | 'writing' | 'everyday' | 'study' | 'reading';

/** One thing that people ask about in the sample conversations, more than once and in other words. */
export interface Subject {
  readonly kind: Kind;
  readonly tag: string;
  /** What the first question is answered with. */
  readonly topic: Topic;
  readonly questions: readonly string[];
  /** How many characters of a document are pasted below the first question. */
  readonly pasted?: number;
  /** What is asked next, and the answer to it. */
  readonly followUps: readonly (readonly [question: string, answer: string])[];
}
