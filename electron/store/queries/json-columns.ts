import { z } from 'zod';
import {
  type ChatSettings,
  chatSettings,
  EMPTY_CHAT_SETTINGS,
} from '../../../shared/chat-settings';
import {
  extraFields,
  PARAMETER_KEYS,
  PARAMETERS,
  type ParameterValues,
  parameterValues,
} from '../../../shared/parameters';

// Columns that hold JSON are read leniently: what is damaged, or written by another version of the app,
// is taken for its default, and only that, because the rest of the row is still of use.

type Fields = Readonly<Record<string, unknown>>;

const fieldsSchema = z.record(z.string(), z.unknown());
const listSchema = z.array(z.unknown());

/** A JSON value as a whole. */
export function jsonOf<Schema extends z.ZodType>(
  source: string,
  schema: Schema,
  fallback: z.output<Schema>,
): z.output<Schema> {
  const read = schema.safeParse(parsed(source));
  return read.success ? read.data : fallback;
}

/** The fields of a JSON object; none when it is not one. */
export function fieldsOf(source: string): Fields {
  return jsonOf(source, fieldsSchema, {});
}

/** Those elements of a JSON list that are what they should be. */
export function elementsOf<Schema extends z.ZodType>(
  source: string,
  schema: Schema,
): z.output<Schema>[] {
  return validElements(jsonOf(source, listSchema, []), schema);
}

/** Those elements of what should be a list that are what they should be. */
export function validElements<Schema extends z.ZodType>(
  list: unknown,
  schema: Schema,
): z.output<Schema>[] {
  return (Array.isArray(list) ? list : []).flatMap((element: unknown) => {
    const read = schema.safeParse(element);
    return read.success ? [read.data] : [];
  });
}

/** Parameters, each by itself. */
export function parametersOf(source: string): ParameterValues {
  return validParameters(fieldsOf(source));
}

/** Settings, each by itself. */
export function settingsOf(source: string): ChatSettings {
  return settingsIn(fieldsOf(source));
}

/** Settings inside of a larger value, each by itself. */
export function settingsIn(value: unknown): ChatSettings {
  const { system, parameters, extra, history } = asFields(value);
  const { messages, tokens } = asFields(history);
  const { system: systemSchema, history: limits } = chatSettings.shape;
  return {
    system: systemSchema.catch(EMPTY_CHAT_SETTINGS.system).parse(system),
    parameters: validParameters(asFields(parameters)),
    extra: validExtra(asFields(extra)),
    history: {
      messages: limits.shape.messages.catch(null).parse(messages),
      tokens: limits.shape.tokens.catch(null).parse(tokens),
    },
  };
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function asFields(value: unknown): Fields {
  const read = fieldsSchema.safeParse(value);
  return read.success ? read.data : {};
}

function validParameters(fields: Fields): ParameterValues {
  const kept = PARAMETER_KEYS.filter(
    (key) => fields[key] !== undefined && PARAMETERS[key].schema.safeParse(fields[key]).success,
  );
  return parameterValues.parse(Object.fromEntries(kept.map((key) => [key, fields[key]])));
}

/** A field that has a control of its own by now is not an extra one any more; the others still are. */
function validExtra(fields: Fields): ChatSettings['extra'] {
  const kept = Object.entries(fields).filter(
    ([key, value]) => extraFields.safeParse({ [key]: value }).success,
  );
  return extraFields.catch({}).parse(Object.fromEntries(kept));
}
