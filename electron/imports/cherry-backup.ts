import type { KeepImage } from './message-list';
import type { ReadHead, ReadMessage, ReadPart } from './read-conversation';
import { dataOf, type Fields, fieldsOf, fromDate, listOf, textOf } from './read-values';

export interface CherryTopic {
  readonly messages: readonly ReadMessage[];
  readonly missing: number;
  readonly badImages: number;
}

/** What Cherry Studio's settings say of its topics, by their ids. */
export function cherryTopics(localStorage: unknown): ReadonlyMap<string, Fields> {
  const state = fieldsOf(parsed(fieldsOf(localStorage).get('persist:cherry-studio')));
  const assistants = fieldsOf(parsed(state.get('assistants')));
  const all = [...listOf(assistants.get('assistants')), assistants.get('defaultAssistant')];
  const topics = all
    .flatMap((assistant) => listOf(fieldsOf(assistant).get('topics')))
    .map(fieldsOf);
  return new Map(
    topics.flatMap((topic) => {
      const id = textOf(topic.get('id'));
      return id === null ? [] : [[id, topic] as const];
    }),
  );
}

/** Settings are kept there as JSON in a text, in JSON in a text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

export function cherryHead(id: string, topic: Fields, messages: readonly ReadMessage[]): ReadHead {
  return {
    id,
    title: textOf(topic.get('name')),
    createdAt: fromDate(topic.get('createdAt')),
    updatedAt: fromDate(topic.get('updatedAt')),
    model: null,
    isArchived: false,
    isPinned: topic.get('pinned') === true,
    leaf: messages.at(-1)?.key ?? null,
  };
}

/**
 * The messages of a topic: a list, in which several answers may name the question that they were given to.
 * What they say is in blocks that stand elsewhere; older backups have it in the message.
 */
export function cherryMessages(
  list: readonly unknown[],
  blockOf: (id: string) => unknown,
  keepImage: KeepImage,
): CherryTopic {
  const messages: ReadMessage[] = [];
  let missing = 0;
  let badImages = 0;
  /** The message that the next one follows. */
  let last: string | null = null;
  const questions = new Set<string>();
  for (const value of list) {
    const fields = fieldsOf(value);
    const key = textOf(fields.get('id'));
    const role = fields.get('role');
    if (key === null || (role !== 'user' && role !== 'assistant' && role !== 'system')) continue;
    const asked = textOf(fields.get('askId'));
    const blocks = listOf(fields.get('blocks')).flatMap((id) =>
      typeof id === 'string' ? [fieldsOf(blockOf(id))] : [],
    );
    const parts = [
      ...written('reasoning', fields.get('reasoning_content')),
      ...written('text', fields.get('content')),
      ...blocks.flatMap((block): ReadPart[] => {
        if (block.get('type') !== 'image') return partsOf(block);
        const url = textOf(block.get('url'));
        const data = url === null ? null : dataOf(url);
        const kept = data === null ? null : keepImage('image', data);
        if (data === null) missing += 1;
        else if (kept === null) badImages += 1;
        return kept ? [{ kind: 'image', text: '', name: null, image: kept }] : [];
      }),
    ];
    const isAnswer = role === 'assistant' && asked !== null && questions.has(asked);
    messages.push({
      key,
      parent: isAnswer ? asked : last,
      role,
      createdAt: fromDate(fields.get('createdAt')),
      parts,
      kept: parts.length > 0,
    });
    if (role === 'user') questions.add(key);
    last = key;
  }
  return { messages, missing, badImages };
}

function written(kind: 'text' | 'reasoning', value: unknown): ReadPart[] {
  const text = textOf(value);
  return text === null ? [] : [{ kind, text, name: null, image: null }];
}

function partsOf(block: Fields): ReadPart[] {
  const content = block.get('content');
  switch (block.get('type')) {
    case 'main_text':
    case 'code':
    case 'translation':
      return written('text', content);
    case 'thinking':
      return written('reasoning', content);
    case 'tool': {
      const name = textOf(block.get('toolName')) ?? textOf(block.get('toolId')) ?? 'tool';
      return [{ kind: 'tool', text: textOf(content) ?? shown(content), name, image: null }];
    }
    case 'file': {
      const name = textOf(fieldsOf(block.get('file')).get('origin_name'));
      return name === null ? [] : [{ kind: 'file', text: '', name, image: null }];
    }
    default:
      return [];
  }
}

/** Nested deeper than can be written it is nothing that anybody reads. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
