import type { ReadHead, ReadImage, ReadMessage, ReadPart } from './read-conversation';
import { type Fields, fieldsOf, fromSeconds, listOf, textOf } from './read-values';

/** The messages of a conversation of ChatGPT's export, each after its parent, and images that are only named. */
export interface ChatgptMessages {
  readonly messages: readonly ReadMessage[];
  readonly missing: number;
}

/** What the export has besides messages. Its times are seconds, its leaf is `current_node`. */
export function chatgptHead(fields: Fields): ReadHead {
  return {
    id: textOf(fields.get('conversation_id')) ?? textOf(fields.get('id')),
    title: textOf(fields.get('title')),
    createdAt: fromSeconds(fields.get('create_time')),
    updatedAt: fromSeconds(fields.get('update_time')),
    model: textOf(fields.get('default_model_slug')),
    isArchived: fields.get('is_archived') === true,
    isPinned: false,
    leaf: textOf(fields.get('current_node')),
  };
}

/**
 * The tree under `mapping`: nodes by their ids, each with its parent and its children in their order. Images
 * stand beside the file, in the archive: `imageOf` gives one by its id.
 */
export function chatgptMessages(mapping: unknown, imageOf: ImageOf): ChatgptMessages {
  const nodes = fieldsOf(mapping);
  let missing = 0;
  const messages = inOrder(nodes).map((key): ReadMessage => {
    const node = fieldsOf(nodes.get(key));
    const message = fieldsOf(node.get('message'));
    const author = fieldsOf(message.get('author'));
    const role = textOf(author.get('role'));
    const hidden = fieldsOf(message.get('metadata')).get('is_visually_hidden_from_conversation');
    const isSeen = hidden !== true && role !== null;
    const parts = isSeen ? partsOf(message, author, imageOf) : [];
    const kept = parts.length > 0;
    missing += parts.filter(({ kind }) => kind === 'file').length;
    return {
      key,
      parent: textOf(node.get('parent')),
      role: role === 'user' || role === 'system' ? role : 'assistant',
      createdAt: fromSeconds(message.get('create_time')),
      parts,
      kept,
    };
  });
  return { messages, missing };
}

/** Parents before children and children as they are listed, at any depth; what hangs nowhere at the end. */
function inOrder(nodes: Fields): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const roots = [...nodes.keys()].filter((key) => {
    const parent = textOf(fieldsOf(nodes.get(key)).get('parent'));
    return parent === null || !nodes.has(parent);
  });
  const waiting = [...[...nodes.keys()].reverse(), ...roots.reverse()];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    order.push(key);
    const children = listOf(fieldsOf(nodes.get(key)).get('children'));
    for (const child of [...children].reverse()) {
      if (typeof child === 'string' && nodes.has(child)) waiting.push(child);
    }
  }
  return order;
}

type ImageOf = (id: string) => ReadImage | null;

function part(kind: ReadPart['kind'], text: string | null, name: string | null = null): ReadPart[] {
  return text === null ? [] : [{ kind, text, name, image: null }];
}

function partsOf(message: Fields, author: Fields, imageOf: ImageOf): readonly ReadPart[] {
  const content = fieldsOf(message.get('content'));
  const said = contentParts(content, imageOf);
  const recipient = textOf(message.get('recipient'));
  const tool =
    author.get('role') === 'tool'
      ? (textOf(author.get('name')) ?? 'tool')
      : author.get('role') === 'assistant' && recipient !== null && recipient !== 'all'
        ? recipient
        : null;
  if (tool === null) return said;
  return said.map((one) =>
    one.kind === 'text' || one.name === 'output' ? { ...one, kind: 'tool', name: tool } : one,
  );
}

function contentParts(content: Fields, imageOf: ImageOf): readonly ReadPart[] {
  switch (content.get('content_type')) {
    case 'text':
    case 'multimodal_text':
      return listOf(content.get('parts')).flatMap((one) => {
        if (typeof one === 'string') return part('text', textOf(one));
        const fields = fieldsOf(one);
        return fields.get('content_type') === 'image_asset_pointer'
          ? [imagePart(fields, imageOf)]
          : part('text', textOf(fields.get('text')));
      });
    case 'code': {
      const language = textOf(content.get('language'));
      const text = textOf(content.get('text'));
      const known = language === null || language === 'unknown' ? '' : language;
      return part('text', text === null ? null : `\`\`\`${known}\n${text}\n\`\`\``);
    }
    case 'execution_output':
    case 'system_error':
      return part('tool', textOf(content.get('text')), 'output');
    case 'tether_browsing_display':
      return part('tool', textOf(content.get('result')), 'browser');
    case 'tether_quote':
      return part('tool', textOf(content.get('text')), textOf(content.get('title')));
    case 'thoughts':
      return listOf(content.get('thoughts')).flatMap((one) =>
        part('reasoning', textOf(fieldsOf(one).get('content'))),
      );
    case 'reasoning_recap':
    case 'user_editable_context':
    case 'model_editable_context':
      return [];
    default:
      return [
        ...part('text', textOf(content.get('text'))),
        ...listOf(content.get('parts')).flatMap((one) => part('text', textOf(one))),
      ];
  }
}

/** `file-service://file-…` in older exports, `sediment://file_…` in later ones. */
const POINTER = /^[a-z-]+:\/\/(file[-_][A-Za-z\d]+)/;

function imagePart(fields: Fields, imageOf: ImageOf): ReadPart {
  const id = POINTER.exec(textOf(fields.get('asset_pointer')) ?? '')?.[1];
  const image = id === undefined ? null : imageOf(id);
  return image
    ? { kind: 'image', text: '', name: null, image }
    : { kind: 'file', text: '', name: 'image', image: null };
}
