import type { ReadHead, ReadMessage, ReadPart } from './read-conversation';
import { type Fields, fieldsOf, fromDate, listOf, textOf } from './read-values';

/** What LibreChat's first messages name as their parent. */
const NO_PARENT = '00000000-0000-0000-0000-000000000000';

export function librechatHead(fields: Fields): ReadHead {
  const options = fieldsOf(fields.get('options'));
  return {
    id: textOf(fields.get('conversationId')),
    title: textOf(fields.get('title')),
    createdAt: fromDate(fields.get('createdAt')),
    updatedAt: fromDate(fields.get('updatedAt')),
    model: textOf(options.get('model')) ?? textOf(fields.get('model')),
    isArchived: fields.get('isArchived') === true,
    isPinned: false,
    leaf: null,
  };
}

export function isLibrechatMessage(fields: Fields): boolean {
  return fields.has('messageId') && fields.has('parentMessageId');
}

export interface LibrechatMessages {
  readonly messages: readonly ReadMessage[];
  /** Images that are named and not there: an export never has them. */
  readonly missing: number;
}

/** A message and, where the export nests them, all that follow it, at any depth. */
export function librechatMessages(value: unknown): LibrechatMessages {
  const messages: ReadMessage[] = [];
  let missing = 0;
  const waiting: { value: unknown; parent: string | null }[] = [{ value, parent: null }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const fields = fieldsOf(next.value);
    const key = textOf(fields.get('messageId'));
    if (key === null) continue;
    const named = textOf(fields.get('parentMessageId')) ?? next.parent;
    const parts = partsOf(fields);
    messages.push({
      key,
      parent: named === NO_PARENT ? null : named,
      role: fields.get('isCreatedByUser') === true ? 'user' : 'assistant',
      createdAt: fromDate(fields.get('createdAt')),
      parts,
      kept: parts.length > 0,
    });
    missing += listOf(fields.get('files')).filter((file) =>
      (textOf(fieldsOf(file).get('type')) ?? '').startsWith('image/'),
    ).length;
    for (const child of [...listOf(fields.get('children'))].reverse()) {
      waiting.push({ value: child, parent: key });
    }
  }
  return { messages, missing };
}

function partsOf(fields: Fields): ReadPart[] {
  const content = listOf(fields.get('content')).flatMap((one): ReadPart[] => {
    const part = fieldsOf(one);
    switch (part.get('type')) {
      case 'text': {
        const text = textOf(part.get('text')) ?? textOf(fieldsOf(part.get('text')).get('value'));
        return text === null ? [] : [{ kind: 'text', text, name: null, image: null }];
      }
      case 'think': {
        const text = textOf(part.get('think')) ?? textOf(fieldsOf(part.get('think')).get('value'));
        return text === null ? [] : [{ kind: 'reasoning', text, name: null, image: null }];
      }
      case 'tool_call': {
        const call = fieldsOf(part.get('tool_call'));
        const text = [textOf(call.get('args')), textOf(call.get('output'))]
          .filter((line) => line !== null)
          .join('\n');
        return [{ kind: 'tool', text, name: textOf(call.get('name')) ?? 'tool', image: null }];
      }
      default:
        return [];
    }
  });
  const text = textOf(fields.get('text'));
  if (content.some(({ kind }) => kind === 'text') || text === null) return content;
  return [...content, { kind: 'text', text, name: null, image: null }];
}
