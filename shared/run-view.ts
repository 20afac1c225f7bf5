import { z } from 'zod';
import { failure } from './errors';
import type { StreamEvent } from './stream-event';
import { usage } from './usage';

export const partKind = z.enum(['text', 'reasoning', 'refusal', 'tool']);
export type PartKind = z.infer<typeof partKind>;

/** A stretch of one kind in an answer, in the order it arrived. */
export const answerPart = z.object({
  kind: partKind,
  text: z.string(),
  /** The function's name, for a tool call. */
  name: z.string().nullable(),
});
export type AnswerPart = z.infer<typeof answerPart>;

export const choiceView = z.object({
  parts: z.array(answerPart),
  finishReason: z.string().nullable(),
});
export type ChoiceView = z.infer<typeof choiceView>;

/** Everything known of an answer so far; the fold of its events. */
export const runView = z.object({
  completionId: z.string().nullable(),
  servedModel: z.string().nullable(),
  servedProvider: z.string().nullable(),
  choices: z.array(choiceView),
  usage: usage.nullable(),
  failure: failure.nullable(),
  /** The request has not left yet, because the one before failed in this way. */
  waiting: z.object({ until: z.number().int(), cause: failure }).nullable(),
});
export type RunView = z.infer<typeof runView>;

export const EMPTY_RUN_VIEW: RunView = {
  completionId: null,
  servedModel: null,
  servedProvider: null,
  choices: [],
  usage: null,
  failure: null,
  waiting: null,
};

const EMPTY_CHOICE: ChoiceView = { parts: [], finishReason: null };

const EMPTY_TOOL_CALL: AnswerPart = { kind: 'tool', text: '', name: null };

/**
 * An answer may change between thinking and saying as often as its server likes, but each fold copies
 * the list and the page draws it. Models change a few dozen times. Past this many stretches, words go
 * on in the last stretch of their kind: all are kept, but not in which order the kinds came.
 */
export const MAX_STRETCHES = 200;

/**
 * Folds one event into the view. The same function runs in main, in the page and when a journal is
 * replayed after a crash, so the three cannot disagree. It never changes its arguments.
 */
export function reduceRun(view: RunView, event: StreamEvent): RunView {
  switch (event.type) {
    case 'served':
      return {
        ...view,
        completionId: event.completionId ?? view.completionId,
        servedModel: event.model ?? view.servedModel,
        servedProvider: event.provider ?? view.servedProvider,
      };
    case 'text':
    case 'reasoning':
    case 'refusal':
      return withChoice(view, event.choice, (choice) => append(choice, event.type, event.text));
    case 'tool':
      return withChoice(view, event.choice, (choice) =>
        appendToolCall(choice, event.call, event.name, event.text),
      );
    case 'finish':
      return withChoice(view, event.choice, (choice) => ({
        ...choice,
        finishReason: event.reason,
      }));
    case 'usage':
      return { ...view, usage: event.usage };
    case 'error':
      return { ...view, failure: event.failure };
    case 'waiting':
      return { ...view, waiting: { until: event.until, cause: event.cause } };
    case 'sent':
      return { ...view, waiting: null };
  }
}

/** How many characters answers have, of whatever kind. */
export function charactersOf(answers: readonly (readonly AnswerPart[])[]): number {
  let count = 0;
  for (const parts of answers) for (const { text } of parts) count += text.length;
  return count;
}

/** The answer's own words in one string: what is copied, counted and sent back as history. */
export function answerText(parts: readonly AnswerPart[]): string {
  let text = '';
  for (const part of parts) if (part.kind === 'text' || part.kind === 'refusal') text += part.text;
  return text;
}

function withChoice(
  view: RunView,
  index: number,
  change: (choice: ChoiceView) => ChoiceView,
): RunView {
  const choices = view.choices.slice();
  while (choices.length <= index) choices.push(EMPTY_CHOICE);
  choices[index] = change(choices[index] ?? EMPTY_CHOICE);
  return { ...view, choices };
}

function append(choice: ChoiceView, kind: PartKind, text: string): ChoiceView {
  const { parts } = choice;
  const at =
    parts.length < MAX_STRETCHES
      ? parts.length - 1
      : parts.findLastIndex((part) => part.kind === kind);
  const part = parts[at];
  return part?.kind === kind
    ? { ...choice, parts: parts.with(at, { ...part, text: part.text + text }) }
    : { ...choice, parts: [...parts, { kind, text, name: null }] };
}

function appendToolCall(
  choice: ChoiceView,
  call: number,
  name: string | null,
  text: string,
): ChoiceView {
  const parts = choice.parts.slice();
  let at = -1;
  for (let calls = -1; calls < call; ) {
    at += 1;
    if (at === parts.length) parts.push(EMPTY_TOOL_CALL);
    if (parts[at]?.kind === 'tool') calls += 1;
  }
  const part = parts[at] ?? EMPTY_TOOL_CALL;
  parts[at] = { ...part, name: part.name ?? name, text: part.text + text };
  return { ...choice, parts };
}
