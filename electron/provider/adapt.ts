import type { Adaptation } from '../../shared/adaptation';
import type { Failure } from '../../shared/errors';

/** The fields of a body, in their order. */
export type RequestFields = Readonly<Record<string, unknown>>;

/** Without these there is no request. */
const NEEDED: ReadonlySet<string> = new Set(['model', 'messages']);

/** OpenAI's old and new name for one thing; each server refuses the one it does not know. */
const OTHER_NAME: ReadonlyMap<string, string> = new Map([
  ['max_tokens', 'max_completion_tokens'],
  ['max_completion_tokens', 'max_tokens'],
]);

/**
 * How to ask again after a 400 or 422 that names a field of the request as unknown or unsupported
 * (wire-facts, section 5, point 7), or null. A value out of its range is for the user to change. A
 * refusal can name several fields: ask again without those already adapted to, until null.
 *
 * `sentFields` are the names of the body's own fields; what is nested within them is not looked at.
 */
export function adaptationFor(
  { code, status, detail }: Failure,
  sentFields: Iterable<string>,
): Adaptation | null {
  if (code !== 'invalid_input' || (status !== 400 && status !== 422)) return null;
  if (detail === undefined) return null;
  const sent = new Set(sentFields);
  for (const field of sent) {
    if (NEEDED.has(field) || !refuses(detail, field)) continue;
    const to = OTHER_NAME.get(field);
    return to === undefined || sent.has(to)
      ? { action: 'leave_out', field }
      : { action: 'rename', field, to };
  }
  return null;
}

/**
 * The fields as the adaptations want them, in their order; a renamed one keeps its place and value.
 * Adapting what was adapted changes nothing.
 */
export function applyAdaptations(
  fields: RequestFields,
  adaptations: readonly Adaptation[],
): Record<string, unknown> {
  let entries = Object.entries(fields);
  for (const [at, adaptation] of adaptations.entries()) {
    const { field } = adaptation;
    if (NEEDED.has(field)) continue;
    if (adaptation.action === 'rename') {
      const { to } = adaptation;
      const taken = entries.some(([name]) => name === to);
      entries = taken
        ? entries.filter(([name]) => name !== field || name === to)
        : entries.map(([name, value]) => [name === field ? to : name, value]);
    } else if (!isNamedLater(field, adaptations.slice(at))) {
      entries = entries.filter(([name]) => name !== field);
    }
  }
  return Object.fromEntries(entries);
}

/** What was learned later holds: a name that is asked for is not left out any more. */
function isNamedLater(field: string, later: readonly Adaptation[]): boolean {
  return later.some((one) => one.action === 'rename' && one.to === field);
}

const THING = '(?:param(?:eter)?|argument|field|option|key|property|name|input)';

/** Names that stand before the one that is looked for, in a list. */
const OTHERS = String.raw`(?:["'\x60]?\w{1,60}["'\x60]?, ?){0,8}`;

/** A value that is refused is not a field that is. */
const NO_RANGE = String.raw`(?! (?:to|above|over|below|beyond|outside|greater|larger|higher|lower|less|more)\b)`;

/**
 * The ways in which servers say that they do not take a field, `F` standing for its name. Each is the
 * wording of a server: OpenAI and Azure ("Unsupported parameter: 'F'", "Unrecognized request argument
 * supplied: F", "'F' does not support 0.7 with this model"), Gemini ("Unknown name "F": Cannot find
 * field"), Groq ("property 'F' is unsupported"), Mistral, vLLM and Anthropic ("body F Extra inputs are
 * not permitted"), Moonshot ("invalid temperature: only 1 is allowed for this model"), LiteLLM ("does
 * not support parameters: ['F']"), Fireworks ("Extra inputs are not permitted, field: 'F'"), JSON Schema
 * ("('F' was unexpected)"), and Go's and Rust's decoders ("unknown field "F"").
 */
const WORDINGS: readonly string[] = [
  String.raw`(?:unsupported|unknown|unknwon|unrecogni[sz]ed|unexpected|incompatible|extra)(?: \w+){0,2} ?${THING}s?(?:\(s\))?(?: supplied| provided)?[: ]*\[?${OTHERS}F`,
  'unsupported value: F does not support(?!.{0,80}supported values are:? (?!false))',
  String.raw`(?:does not|doesn't|do not) (?:support|accept|recogni[sz]e|allow)(?: the)? ?(?:${THING}s?)?[: ]*\[?${OTHERS}F(?=$|[.,;:)\]]| ?${THING}| (?:with|for|in|when|on|yet|and|or)\b)`,
  String.raw`F(?: ${THING})? (?:is|are) (?:not|no longer) (?:yet )?(?:supported|permitted|allowed|recogni[sz]ed|accepted|available|implemented)\b${NO_RANGE}`,
  String.raw`F(?: ${THING})? (?:is|are) (?:unsupported|unknown|unrecogni[sz]ed|deprecated (?:for|with|in) this model)\b`,
  String.raw`F(?: ${THING})? (?:is only|can only be) (?:allowed|set|specified|used|defined) when`,
  String.raw`(?:invalid|unsupported)(?: value for)? F: only \S+ is (?:allowed|supported)`,
  String.raw`(?:^|[;:\[{(,] ?|\n)(?:body[ .])?F:? (?:extra inputs are|extra fields|extra field is) not (?:permitted|allowed)`,
  'extra inputs are not permitted, field: F',
  String.raw`loc\W{1,6}body\W{1,6}F[\])]\W{1,6}msg\W{1,6}extra (?:inputs|fields)(?: are)? not permitted`,
  String.raw`additional properties are not allowed \([^)]{0,80}F[^)]{0,80}(?:was|were) unexpected`,
];

/** A refusal of something within a message is about what the message says, not about the request. */
const WITHIN_MESSAGES = /\bmessages(?:\.|\[| |'?, ?)\d/;

function refuses(detail: string, field: string): boolean {
  if (!detail.includes(field) || WITHIN_MESSAGES.test(detail)) return false;
  const name = field.replace(/\W/g, String.raw`\$&`);
  // Neither part of another name nor of a path into another field.
  const named = String.raw`["'\x60\\]{0,2}(?<!\w|(?<!body)\.)${name}(?!\w|\.\w)["'\x60\\]{0,2}`;
  // The wordings have no other capital letter.
  return WORDINGS.some((wording) =>
    new RegExp(
      wording.replaceAll('F', () => named),
      'i',
    ).test(detail),
  );
}
