import type { ImportFault, ImportFormat } from '../../shared/contract/import';
import { CONVERSATION_FILE } from '../../shared/conversation-file';
import { chatgptHead, chatgptMessages } from './chatgpt-export';
import { cherryHead, cherryMessages, cherryTopics } from './cherry-backup';
import type { ImageKeeper } from './image-keeper';
import { type JsonCursor, JsonProblem } from './json-cursor';
import { isLibrechatMessage, librechatHead, librechatMessages } from './librechat-export';
import { listedMessage, listHead } from './message-list';
import { OWN_FORMAT, readOwn } from './own-file';
import { BadEntry, type ReadHead } from './read-conversation';
import { type Fields, fieldsOf, listOf, textOf } from './read-values';
import type { StagedConversation } from './staged-conversation';
import type { Staging } from './staging';

/** Under these names an object has messages, or whole conversations. */
const HOLDS_MESSAGES: ReadonlySet<string> = new Set([
  'conversations',
  'indexedDB',
  'mapping',
  'messages',
]);

/** A conversation that is being read, and what its messages turned out to be. */
interface Open {
  readonly conversation: StagedConversation;
  format: ImportFormat;
  /** The message that the next one follows, where they are a mere list. */
  last: string | null;
}

/**
 * Reads a file of conversations into a staged file, whichever program wrote it. What is bad is noted and
 * passed; what comes after it is read nevertheless, where it can be told from it.
 */
export class ConversationReader {
  readonly #cursor: JsonCursor;
  readonly #staging: Staging;
  readonly #images: ImageKeeper;
  readonly #still: () => void;
  /** Messages that stand in a list of their own. */
  #loose: Open | null = null;
  /** The one that is being read. */
  #open: Open | null = null;
  #isKnown = false;

  /** `still` throws once all of it is given up: not all of the work is done while the file is read. */
  constructor(cursor: JsonCursor, staging: Staging, images: ImageKeeper, still: () => void) {
    this.#cursor = cursor;
    this.#staging = staging;
    this.#images = images;
    this.#still = still;
  }

  /**
   * Reads to the end; says whether it is such a file at all. Only what no reading can help, such as a full disk,
   * is thrown.
   */
  read(): boolean {
    const cursor = this.#cursor;
    try {
      while (cursor.kind() !== 'end') {
        try {
          this.#readRoot();
          cursor.leave();
        } catch (error) {
          this.#noteWhole(problemOf(error));
          this.#isKnown = true;
          // In a file of lines each stands for itself.
          if (!cursor.nextLine()) break;
        }
      }
      this.#closeLoose();
    } catch (error) {
      this.#open?.conversation.abandon();
      throw error;
    }
    return this.#isKnown;
  }

  #readRoot(): void {
    const cursor = this.#cursor;
    switch (cursor.kind()) {
      case 'object':
        this.#readEntry();
        return;
      case 'array':
        this.#readList();
        this.#closeLoose();
        return;
      default:
        cursor.value();
    }
  }

  #readList(): void {
    const cursor = this.#cursor;
    for (const _ of cursor.items()) {
      switch (cursor.kind()) {
        case 'object':
          this.#readEntry();
          break;
        case 'array':
          this.#closeLoose();
          this.#readMessageList();
          this.#closeLoose();
          break;
        default:
          this.#note('wrong_shape', cursor.at, null);
      }
    }
  }

  /** A list of messages in a list of such lists. */
  #readMessageList(): void {
    for (const _ of this.#cursor.items()) {
      if (this.#cursor.kind() === 'object') this.#readEntry();
    }
  }

  /** An object that is a conversation, a message of one, or a whole file. */
  #readEntry(): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    const fields = new Map<string, unknown>();
    try {
      for (const key of cursor.keys()) {
        // An object is one conversation, whatever else stands beside its messages.
        if (HOLDS_MESSAGES.has(key) && this.#open && this.#open !== this.#loose) continue;
        if (key === 'conversations' && fields.get('format') === OWN_FORMAT) this.#readOwn(fields);
        else if (key === 'indexedDB' && cursor.kind() === 'object') {
          this.#readCherry(fields.get('localStorage'), at);
        } else if (key === 'mapping') this.#readMapping(at);
        else if (key === 'messages' && cursor.kind() === 'array' && !fields.has('role')) {
          this.#readMessages(at);
        } else fields.set(key, cursor.value());
      }
      if (this.#open && this.#open !== this.#loose) this.#keep(fields);
      else if (fields.has('role') || isLibrechatMessage(fields)) this.#addLoose(fields, at);
    } catch (error) {
      const { fault, detail, passed, at: where } = problemOf(error);
      const open = this.#open;
      if (open && open !== this.#loose) {
        this.#open = null;
        open.conversation.drop(fault, detail, textOf(fields.get('title')));
      } else this.#note(fault, where ?? at, detail);
      this.#isKnown = true;
      if (!passed) throw new Told();
    }
  }

  #begin(at: number, format: ImportFormat): Open {
    this.#closeLoose();
    this.#isKnown = true;
    this.#open = { conversation: this.#staging.begin(at), format, last: null };
    return this.#open;
  }

  #keep(fields: Fields): void {
    const open = this.#open;
    if (!open) return;
    open.conversation.keep(open.format, headOf(open.format, fields));
    this.#open = null;
  }

  #readOwn(fields: Fields): void {
    const cursor = this.#cursor;
    const version = fields.get('version');
    if (version !== CONVERSATION_FILE.version) {
      throw new BadEntry(typeof version === 'number' ? 'newer' : 'wrong_shape', 'version');
    }
    this.#isKnown = true;
    for (const _ of cursor.items()) {
      const { conversation } = this.#begin(cursor.at, 'slice');
      this.#open = null;
      try {
        readOwn(cursor, conversation, this.#images);
      } catch (error) {
        const { fault, detail, passed } = problemOf(error);
        conversation.drop(fault, detail, null);
        if (!passed) throw new Told();
      }
    }
  }

  #readMapping(at: number): void {
    const open = this.#begin(at, 'chatgpt');
    const { messages, missing } = chatgptMessages(this.#cursor.value(), (id) =>
      this.#images.keepArchived(id),
    );
    for (const message of messages) open.conversation.add(message);
    open.conversation.missing(missing);
  }

  #readMessages(at: number): void {
    const cursor = this.#cursor;
    const open = this.#begin(at, 'openai');
    for (const _ of cursor.items()) {
      const where = cursor.at;
      try {
        this.#addMessage(open, fieldsOf(cursor.value()), where);
      } catch (error) {
        const { fault, detail, passed } = problemOf(error);
        if (!passed) throw error;
        open.conversation.note(fault, detail ?? `byte ${where}`);
      }
    }
  }

  #addLoose(fields: Fields, at: number): void {
    this.#loose ??= this.#begin(at, 'openai');
    this.#open = this.#loose;
    this.#addMessage(this.#loose, fields, at);
  }

  #closeLoose(): void {
    const loose = this.#loose;
    this.#loose = null;
    if (!loose) return;
    this.#open = null;
    try {
      loose.conversation.keep(loose.format, headOf(loose.format, new Map()));
    } catch (error) {
      const { fault, detail } = problemOf(error);
      loose.conversation.drop(fault, detail, null);
    }
  }

  #addMessage(open: Open, fields: Fields, at: number): void {
    const { conversation } = open;
    if (isLibrechatMessage(fields)) {
      open.format = 'librechat';
      const { messages, missing } = librechatMessages(Object.fromEntries(fields));
      for (const message of messages) conversation.add(message);
      conversation.missing(missing);
      return;
    }
    const key = String(conversation.size);
    const listed = listedMessage(fields, key, open.last, (name, data) =>
      this.#images.keep(name, data),
    );
    if (!listed) {
      conversation.note('wrong_shape', `byte ${at}`);
      return;
    }
    conversation.add(listed.message);
    conversation.missing(listed.missing);
    for (let bad = 0; bad < listed.badImages; bad += 1) conversation.note('bad_image', null);
    open.last = key;
  }

  /** Topics and what is said in them stand apart, in whatever order: first they are all put aside. */
  #readCherry(localStorage: unknown, at: number): void {
    const cursor = this.#cursor;
    const staging = this.#staging;
    this.#closeLoose();
    this.#isKnown = true;
    const putAside = (kind: string) => {
      if (cursor.kind() !== 'array') return;
      for (const _ of cursor.items()) {
        const where = cursor.at;
        try {
          const value = cursor.value();
          const id = textOf(fieldsOf(value).get('id'));
          if (id !== null) staging.put(kind, id, JSON.stringify(value));
        } catch (error) {
          const { fault, detail, passed } = problemOf(error);
          if (!passed) throw error;
          this.#note(fault, where, detail);
        }
      }
    };
    staging.together(() => {
      for (const key of cursor.keys()) {
        if (key === 'topics' || key === 'message_blocks') putAside(key);
      }
    });
    const topics = cherryTopics(localStorage);
    const blockOf = (id: string): unknown => {
      this.#still();
      return JSON.parse(staging.get('message_blocks', id) ?? 'null');
    };
    for (const id of staging.keys('topics')) {
      const topic = fieldsOf(JSON.parse(staging.get('topics', id) ?? 'null'));
      const list = listOf(topic.get('messages'));
      // A topic that was opened and never written in is nothing that could be missed.
      if (list.length === 0) continue;
      const { conversation } = this.#begin(at, 'cherry');
      this.#open = null;
      const named = topics.get(id) ?? new Map();
      try {
        const { messages, missing, badImages } = cherryMessages(list, blockOf, (name, data) =>
          this.#images.keep(name, data),
        );
        for (const message of messages) conversation.add(message);
        conversation.missing(missing);
        for (let bad = 0; bad < badImages; bad += 1) conversation.note('bad_image', null);
        conversation.keep('cherry', cherryHead(id, named, messages));
      } catch (error) {
        const { fault, detail } = problemOf(error);
        conversation.drop(fault, detail, textOf(named.get('name')));
      }
    }
  }

  #noteWhole({ told, fault, at, detail }: Problem): void {
    if (!told) this.#note(fault, at ?? this.#cursor.at, detail);
  }

  #note(fault: ImportFault, at: number, detail: string | null): void {
    this.#staging.note({ fault, at, detail, title: null, skipped: true });
  }
}

/** The rest of the file cannot be told from what was bad, which is noted already. */
class Told extends Error {}

interface Problem {
  readonly fault: ImportFault;
  readonly detail: string | null;
  readonly at: number | null;
  /** Whether what follows can be read. */
  readonly passed: boolean;
  readonly told: boolean;
}

/** Throws what is no fault of the file. */
function problemOf(error: unknown): Problem {
  if (error instanceof JsonProblem) {
    const { fault, at, passed } = error;
    return { fault, at, passed, detail: null, told: false };
  }
  if (error instanceof BadEntry) {
    const { fault, detail } = error;
    return { fault, detail, at: null, passed: true, told: false };
  }
  if (error instanceof Told) {
    return { fault: 'not_json', detail: null, at: null, passed: false, told: true };
  }
  throw error;
}

function headOf(format: ImportFormat, fields: Fields): ReadHead {
  switch (format) {
    case 'chatgpt':
      return chatgptHead(fields);
    case 'librechat':
      return librechatHead(fields);
    case 'slice':
    case 'cherry':
    case 'openai':
      return listHead(fields);
  }
}
