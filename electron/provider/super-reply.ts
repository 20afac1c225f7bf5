import { reportsError } from './failure';
import { isRecord } from './wire';

/**
 * A super query is answered by an array of completions (wire-facts, section 1), or, in other hands, by
 * an object that has them under the names of their models. This makes the array of the object; any
 * other body is given back as it is.
 */
export function asAnswers(body: unknown): unknown {
  if (!isRecord(body) || body.choices !== undefined || reportsError(body)) return body;
  const answers = Object.entries(body);
  const byModel =
    answers.length > 0 &&
    answers.every(
      ([, answer]) => isRecord(answer) && (Array.isArray(answer.choices) || reportsError(answer)),
    );
  return byModel ? answers.map(([model, answer]) => named(model, answer)) : body;
}

function named(model: string, answer: unknown): unknown {
  return isRecord(answer) ? { model, ...answer } : answer;
}
