import Database from 'better-sqlite3';
import {
  type ImportFormat,
  type ImportPreview,
  type ImportProblem,
  LISTED_PROBLEMS,
} from '../../shared/contract/import';
import { STAGED_SCHEMA } from '../store/queries/staged-schema';
import { BadEntry } from './read-conversation';
import { StagedConversation } from './staged-conversation';

/** What was read of a file, in a file of its own, so that it need not fit into memory. */
export class Staging {
  readonly #db: Database.Database;
  readonly #insert: Readonly<
    Record<'conversation' | 'message' | 'part' | 'image' | 'run' | 'apart', Database.Statement>
  >;
  readonly #apart: Database.Statement<[string, string], { text: string }>;
  readonly #now: number;
  readonly #formats = new Set<ImportFormat>();
  readonly #problems: ImportProblem[] = [];
  #problemCount = 0;
  #readFrom: string | null = null;
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
      // A request that stands in the file again counts once.
      run: db.prepare(
        'INSERT INTO run (number, conversation, uid, body, place) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      ),
      apart: db.prepare(
        'INSERT INTO apart (kind, key, text) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
      ),
    };
    this.#apart = db.prepare('SELECT text FROM apart WHERE kind = ? AND key = ?');
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
        this.#runs += run.run(
          this.#runs + 1,
          number,
          body.uid,
          JSON.stringify(body),
          place,
        ).changes;
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
        // A full disk has taken it back already.
        if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
        const [conversations = 0, arrivals = 0, places = 0, runs = 0, missing = 0] = kept;
        this.#conversations = conversations;
        this.#arrivals = arrivals;
        this.#places = places;
        this.#runs = runs;
        this.#missingImages = missing;
      },
    });
  }

  /** What is noted from here on is in this file of an archive; null: in the file itself. */
  readFrom(name: string | null): void {
    this.#readFrom = name?.slice(0, 100) ?? null;
  }

  note(problem: ImportProblem): void {
    this.#problemCount += 1;
    if (this.#problems.length >= LISTED_PROBLEMS) return;
    const where = [this.#readFrom, problem.detail].filter((one) => one !== null);
    this.#problems.push({ ...problem, detail: where.length > 0 ? where.join(' · ') : null });
  }

  /** Does many small things at once. */
  together(work: () => void): void {
    this.#db.transaction(work)();
  }

  /** Keeps a text under a name, for formats in which what belongs together stands apart. */
  put(table: string, key: string, text: string): void {
    this.#insert.apart.run(table, key, text);
  }

  /** What was put under a name. */
  get(table: string, key: string): string | null {
    return this.#apart.get(table, key)?.text ?? null;
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

  preview(): Omit<ImportPreview, 'name' | 'files' | 'fileCount'> {
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
