import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import type {
  ImportFault,
  ImportFormat,
  ImportPreview,
  ImportProblem,
} from '../../shared/contract/import';
import { LISTED_PROBLEMS } from '../../shared/contract/import';
import type { FiledHead, FiledPart, FiledRun } from '../../shared/conversation-file';
import { titleOf } from '../runs/title';
import { STAGED_SCHEMA } from '../store/queries/imports';
import { orderTree } from './tree-order';

/** An image that a message carries; null bytes: it is named but not there. */
export interface ReadImage {
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface ReadPart extends Pick<FiledPart, 'kind' | 'text' | 'name'> {
  readonly image: ReadImage | null;
}

/** A message as any program's file has it. */
export interface ReadMessage {
  readonly key: string;
  readonly parent: string | null;
  readonly role: 'system' | 'user' | 'assistant';
  /** Ms since 1970; null where it is not known. */
  readonly createdAt: number | null;
  readonly parts: readonly ReadPart[];
  /** One that is not kept is passed over: what follows it follows the one before it. */
  readonly kept: boolean;
  readonly run?: string | null;
}

/** A conversation as any program's file has it. */
export interface ReadHead {
  readonly id: string | null;
  readonly title: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly model: string | null;
  readonly isArchived: boolean;
  readonly isPinned: boolean;
  /** The key of the message that the shown branch ends with; null for the last one. */
  readonly leaf: string | null;
}

interface Node {
  readonly key: string;
  readonly parent: string | null;
  readonly kept: boolean;
  readonly role: ReadMessage['role'];
  readonly createdAt: number | null;
  readonly run: string | null;
  readonly size: number;
  readonly arrival: number;
}

/** One reason to leave a conversation out. */
export class BadEntry extends Error {
  readonly fault: ImportFault;
  readonly detail: string | null;

  constructor(fault: ImportFault, detail: string | null = null) {
    super(fault);
    this.fault = fault;
    this.detail = detail;
  }
}

/** What was read of a file, in a file of its own, so that it need not fit into memory. */
export class Staging {
  readonly #db: Database.Database;
  readonly #insert: Readonly<
    Record<'conversation' | 'message' | 'part' | 'image' | 'run', Database.Statement>
  >;
  readonly #now: number;
  readonly #formats = new Set<ImportFormat>();
  readonly #problems: ImportProblem[] = [];
  #problemCount = 0;
  #conversations = 0;
  #arrivals = 0;
  #places = 0;
  #runs = 0;
  #missingImages = 0;

  /** `now`: for what names no time; ms since 1970. */
  constructor(path: string, now: number) {
    const db = new Database(path);
    // It is of no use after a crash.
    db.pragma('journal_mode = MEMORY');
    db.pragma('synchronous = OFF');
    db.pragma('cache_size = -16000');
    db.exec(STAGED_SCHEMA);
    const insert = (table: string, columns: readonly string[]) =>
      db.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      );
    this.#db = db;
    this.#now = now;
    this.#insert = {
      conversation: insert(
        'conversation',
        [
          'number, uid, title, title_source, created_at, updated_at, pinned_at, archived_at, deleted_at',
          'is_demo, tags, connection, profile, base_url, model, preset, settings, draft, leaf, messages',
        ].flatMap((line) => line.split(', ')),
      ),
      message: insert(
        'message',
        'place, arrival, conversation, parent, role, created_at, run, size'.split(', '),
      ),
      part: insert('part', 'arrival, position, kind, text, name, sha256'.split(', ')),
      image: db.prepare(
        'INSERT INTO image (sha256, name, media_type, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ),
      run: insert('run', 'number, conversation, uid, body, place'.split(', ')),
    };
  }

  /** A conversation that begins after so many bytes. One at a time: `keep` or `drop` it before the next. */
  begin(at: number): StagedConversation {
    this.#db.exec('BEGIN');
    const kept = [
      this.#conversations,
      this.#arrivals,
      this.#places,
      this.#runs,
      this.#missingImages,
    ];
    this.#conversations += 1;
    const number = this.#conversations;
    const { conversation, message, part, image, run } = this.#insert;
    return new StagedConversation({
      at,
      now: this.#now,
      addPart: (arrival, position, one) => {
        if (one.image) {
          const { sha256, name, mediaType, bytes } = one.image;
          image.run(sha256, name, mediaType, bytes);
        }
        part.run(arrival, position, one.kind, one.text, one.name, one.image?.sha256 ?? null);
      },
      nextArrival: () => {
        this.#arrivals += 1;
        return this.#arrivals;
      },
      addMessages: (nodes, order, base) => {
        for (const { node, parent } of order) {
          const one = nodes[node];
          if (!one) continue;
          this.#places += 1;
          const { arrival, role, createdAt, run: uid, size } = one;
          message.run(this.#places, arrival, number, parent, role, createdAt ?? base, uid, size);
        }
      },
      firstPlace: () => this.#places + 1,
      addRun: (body, place) => {
        this.#runs += 1;
        run.run(this.#runs, number, body.uid, JSON.stringify(body), place);
      },
      missing: (images) => {
        this.#missingImages += images;
      },
      note: (problem) => this.note(problem),
      keep: (format, row) => {
        try {
          conversation.run(number, ...row);
        } catch (error) {
          if (
            error instanceof Error &&
            'code' in error &&
            error.code === 'SQLITE_CONSTRAINT_UNIQUE'
          ) {
            throw new BadEntry('same_twice');
          }
          throw error;
        }
        this.#db.exec('COMMIT');
        this.#formats.add(format);
      },
      drop: () => {
        this.#db.exec('ROLLBACK');
        const [conversations = 0, arrivals = 0, places = 0, runs = 0, missing = 0] = kept;
        this.#conversations = conversations;
        this.#arrivals = arrivals;
        this.#places = places;
        this.#runs = runs;
        this.#missingImages = missing;
      },
    });
  }

  note(problem: ImportProblem): void {
    this.#problemCount += 1;
    if (this.#problems.length < LISTED_PROBLEMS) this.#problems.push(problem);
  }

  /** Does many small things at once. */
  together(work: () => void): void {
    this.#db.transaction(work)();
  }

  /** Keeps a text under a name, for formats in which what belongs together stands apart. */
  put(table: string, key: string, text: string): void {
    this.#db
      .prepare(
        'INSERT INTO apart (kind, key, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
      )
      .run(table, key, text);
  }

  /** What was put under a name. */
  get(table: string, key: string): string | null {
    const row = this.#db
      .prepare<[string, string], { text: string }>(
        'SELECT text FROM apart WHERE kind = ? AND key = ?',
      )
      .get(table, key);
    return row?.text ?? null;
  }

  /** The names under which something was put, in the order in which it was. */
  keys(table: string): string[] {
    return this.#db
      .prepare<[string], { key: string }>('SELECT key FROM apart WHERE kind = ? ORDER BY number')
      .all(table)
      .map(({ key }) => key);
  }

  /** Marks the conversations that are there already. */
  markKnown(isKnown: (uid: string) => boolean): void {
    const known = this.#db
      .prepare<[], { number: number; uid: string }>('SELECT number, uid FROM conversation')
      .all()
      .filter(({ uid }) => isKnown(uid));
    const mark = this.#db.prepare('UPDATE conversation SET known = 1 WHERE number = ?');
    this.#db.transaction(() => {
      for (const { number } of known) mark.run(number);
    })();
  }

  preview(): Omit<ImportPreview, 'name'> {
    const counts = this.#db
      .prepare<[], Pick<ImportPreview, 'images' | 'from' | 'to' | 'known'>>(
        `SELECT (SELECT count(*) FROM image) AS images, min(created_at) AS "from",
           max(created_at) AS "to",
           (SELECT count(*) FROM conversation WHERE known = 1) AS known
         FROM message`,
      )
      .get();
    return {
      images: 0,
      from: null,
      to: null,
      known: 0,
      ...counts,
      formats: [...this.#formats],
      conversations: this.#conversations,
      messages: this.#places,
      runs: this.#runs,
      missingImages: this.#missingImages,
      problems: this.#problems,
      problemCount: this.#problemCount,
    };
  }

  close(): void {
    this.#db.close();
  }
}

type Cell = string | number | null;

interface StagedParts {
  readonly at: number;
  readonly now: number;
  readonly addPart: (arrival: number, position: number, part: ReadPart) => void;
  readonly nextArrival: () => number;
  readonly firstPlace: () => number;
  readonly addMessages: (
    nodes: readonly Node[],
    order: readonly { readonly node: number; readonly parent: number | null }[],
    createdAt: number,
  ) => void;
  readonly addRun: (run: FiledRun, place: number | null) => void;
  readonly missing: (images: number) => void;
  readonly note: (problem: ImportProblem) => void;
  readonly keep: (format: ImportFormat, row: readonly Cell[]) => void;
  readonly drop: () => void;
}

/** A conversation that is being read: its messages first, then what it is. */
export class StagedConversation {
  readonly #parts: StagedParts;
  readonly #nodes: Node[] = [];
  readonly #hash = createHash('sha256');
  readonly #runs: FiledRun[] = [];
  #title: string | null = null;
  #isOpen = true;

  constructor(parts: StagedParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#nodes.length;
  }

  add(message: ReadMessage): void {
    const { nextArrival, addPart } = this.#parts;
    const arrival = nextArrival();
    const { key, parent, role, kept, createdAt, parts, run = null } = message;
    let size = 200;
    if (kept) {
      this.#hash.update(
        JSON.stringify([role, parts.map(({ kind, text, image }) => [kind, text, image?.sha256])]),
      );
      for (const [position, part] of parts.entries()) {
        addPart(arrival, position, part);
        size += part.text.length;
      }
      this.#title ??= role === 'user' ? textIn(parts) : null;
    }
    this.#nodes.push({ key, parent, role, kept, createdAt, run, size, arrival });
  }

  addRun(run: FiledRun): void {
    this.#runs.push(run);
  }

  /** Says that images are named which the file does not have. */
  missing(images: number): void {
    this.#parts.missing(images);
  }

  /** Says that something in it is bad and was passed. */
  note(fault: ImportFault, detail: string | null): void {
    this.#parts.note({
      fault,
      detail,
      title: this.#title && titleOf(this.#title),
      at: this.#parts.at,
      skipped: false,
    });
  }

  /** Ends it as another program's. Throws a `BadEntry` when nothing is said in it. */
  keep(format: ImportFormat, head: ReadHead): void {
    const { now, keep } = this.#parts;
    const times = this.#nodes.flatMap(({ createdAt }) => createdAt ?? []);
    const createdAt = head.createdAt ?? (times.length > 0 ? least(times) : now);
    const { leaf, messages } = this.#place(createdAt, head.leaf);
    if (messages === 0) throw new BadEntry('no_messages');
    const title = head.title?.trim() || titleOf(this.#title ?? '');
    const updatedAt = head.updatedAt ?? (times.length > 0 ? most(times) : createdAt);
    const hash = this.#hash.digest('hex').slice(0, 32);
    keep(format, [
      `${format}:${head.id ?? ''}:${hash}`,
      title.slice(0, 500),
      head.title?.trim() ? 'user' : 'rule',
      createdAt,
      updatedAt,
      head.isPinned ? updatedAt : null,
      head.isArchived ? updatedAt : null,
      null,
      0,
      '[]',
      null,
      null,
      null,
      head.model,
      null,
      '{}',
      '',
      leaf,
      messages,
    ]);
    this.#isOpen = false;
  }

  /** Ends it as our own, with everything that it was. */
  keepOwn(head: FiledHead): void {
    const first = this.#parts.firstPlace();
    const { leaf, messages, placeOf } = this.#place(
      head.createdAt,
      head.leaf === null ? null : String(head.leaf),
      first,
    );
    for (const run of this.#runs) {
      this.#parts.addRun(run, run.message === null ? null : placeOf(String(run.message)));
    }
    const server = this.#runs.find(({ connection }) => connection === head.connection);
    this.#parts.keep('slice', [
      head.uid,
      head.title,
      head.titleSource,
      head.createdAt,
      head.updatedAt,
      head.pinnedAt,
      head.archivedAt,
      head.deletedAt,
      head.demo ? 1 : 0,
      JSON.stringify(head.tags),
      head.connection,
      server?.profile ?? null,
      server?.baseUrl ?? null,
      head.model,
      head.preset,
      head.settings,
      head.draft,
      head.leaf === null ? null : leaf,
      messages,
    ]);
    this.#isOpen = false;
  }

  /** Leaves it out and says why. */
  drop(fault: ImportFault, detail: string | null, title: string | null): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#parts.drop();
    const found = title ?? (this.#title && titleOf(this.#title));
    this.#parts.note({ fault, detail, title: found, at: this.#parts.at, skipped: true });
  }

  /** Gives it up, as all that is read. */
  abandon(): void {
    if (this.#isOpen) this.#parts.drop();
    this.#isOpen = false;
  }

  #place(createdAt: number, leaf: string | null, first = this.#parts.firstPlace()) {
    const { order, faults, keptFor } = orderTree(this.#nodes);
    for (const { node, fault } of faults)
      this.note(fault, this.#nodes[node]?.key.slice(0, 100) ?? null);
    const places = new Map(order.map(({ node }, index) => [node, first + index]));
    const placeOfNode = (node: number | null) =>
      node === null ? null : (places.get(node) ?? null);
    this.#parts.addMessages(
      this.#nodes,
      order.map(({ node, parent }) => ({ node, parent: placeOfNode(parent) })),
      createdAt,
    );
    const last = order.at(-1)?.node ?? null;
    const shown = leaf === null ? null : keptFor(leaf);
    return {
      leaf: placeOfNode(shown ?? last),
      messages: order.length,
      placeOf: (key: string) => placeOfNode(keptFor(key)),
    };
  }
}

function textIn(parts: readonly ReadPart[]): string | null {
  return parts.find(({ kind, text }) => kind === 'text' && text.trim() !== '')?.text ?? null;
}

function least(times: readonly number[]): number {
  return times.reduce((one, other) => Math.min(one, other));
}

function most(times: readonly number[]): number {
  return times.reduce((one, other) => Math.max(one, other));
}
