import type { ReadHead, ReadImage, ReadMessage, ReadPart } from './read-conversation';
import {
  dataOf,
  type Fields,
  fieldsOf,
  fromDate,
  fromSeconds,
  listOf,
  textOf,
} from './read-values';

/** Keeps an image; null where it is none. */
export type KeepImage = (name: string, base64: string) => ReadImage | null;

export interface Listed {
  readonly message: ReadMessage;
  /** Images that are named and not there. */
  readonly missing: number;
  /** Images that are none, or too large. */
  readonly badImages: number;
}

/** What stands beside the messages of a list in OpenAI's form, as far as anything does. */
export function listHead(fields: Fields): ReadHead {
  const time = (...keys: string[]) =>
    keys.reduce<number | null>((found, key) => found ?? timeOf(fields.get(key)), null);
  return {
    id: textOf(fields.get('id')) ?? textOf(fields.get('conversation_id')),
    title: textOf(fields.get('title')),
    createdAt: time('created_at', 'created', 'create_time', 'createdAt'),
    updatedAt: time('updated_at', 'updated', 'update_time', 'updatedAt'),
    model: textOf(fields.get('model')),
    isArchived: false,
    isPinned: false,
    leaf: null,
  };
}

/** Seconds where it is too small for ms. */
function timeOf(value: unknown): number | null {
  return typeof value === 'number' && value < 100_000_000_000
    ? fromSeconds(value)
    : fromDate(value);
}

function roleOf(role: unknown): ReadMessage['role'] | null {
  switch (role) {
    case 'user':
      return 'user';
    case 'system':
    case 'developer':
      return 'system';
    case 'assistant':
    case 'model':
    case 'tool':
    case 'function':
      return 'assistant';
    default:
      return null;
  }
}

/** A message in OpenAI's form; null for what has no role that is known. */
export function listedMessage(
  fields: Fields,
  key: string,
  parent: string | null,
  keepImage: KeepImage,
): Listed | null {
  const role = roleOf(fields.get('role'));
  if (role === null) return null;
  const isTool = fields.get('role') === 'tool' || fields.get('role') === 'function';
  const name = textOf(fields.get('name'));
  let missing = 0;
  let badImages = 0;
  const image = (url: string): ReadPart[] => {
    const data = dataOf(url);
    const kept = data === null ? null : keepImage('image', data);
    if (data === null) missing += 1;
    else if (kept === null) badImages += 1;
    return kept ? [{ kind: 'image', text: '', name: null, image: kept }] : [];
  };
  const spoken = (text: string | null): ReadPart[] =>
    text === null
      ? []
      : [isTool ? { kind: 'tool', text, name: name ?? 'tool', image: null } : said('text', text)];
  const content = fields.get('content');
  const parts: ReadPart[] = [
    ...thought(fields.get('reasoning_content') ?? fields.get('reasoning')),
    ...(typeof content === 'string'
      ? spoken(textOf(content))
      : listOf(content).flatMap((one) => {
          const part = fieldsOf(one);
          const url = part.get('image_url');
          const address = textOf(url) ?? textOf(fieldsOf(url).get('url'));
          if (address !== null) return image(address);
          if (part.get('type') === 'refusal') return refused(part.get('refusal'));
          return spoken(textOf(one) ?? textOf(part.get('text')));
        })),
    ...refused(fields.get('refusal')),
    ...listOf(fields.get('tool_calls')).flatMap((one) => {
      const called = fieldsOf(fieldsOf(one).get('function'));
      const tool = textOf(called.get('name'));
      const text = textOf(called.get('arguments')) ?? '';
      return tool === null ? [] : [{ kind: 'tool', text, name: tool, image: null } as const];
    }),
  ];
  const createdAt = timeOf(
    fields.get('created_at') ?? fields.get('timestamp') ?? fields.get('create_time'),
  );
  return {
    message: { key, parent, role, createdAt, parts, kept: parts.length > 0 },
    missing,
    badImages,
  };
}

function said(kind: 'text' | 'reasoning' | 'refusal', text: string): ReadPart {
  return { kind, text, name: null, image: null };
}

function thought(value: unknown): ReadPart[] {
  const text = textOf(value);
  return text === null ? [] : [said('reasoning', text)];
}

function refused(value: unknown): ReadPart[] {
  const text = textOf(value);
  return text === null ? [] : [said('refusal', text)];
}
