import type { PageFile } from './page-file';
import { type Row, readTreePage, type TreePage } from './records';

/** The rows of a table, or of one that nothing names any more; then `table` is null. */
export interface FoundRows {
  readonly table: string | null;
  readonly rows: readonly Row[];
}

const SCHEMA = 'sqlite_schema';

/** Goes through a whole file, and counts where it could not be read. */
export class FoundFile {
  unreadable = 0;
  readonly #file: PageFile;
  readonly #seen = new Set<number>();

  readonly #wanted: (table: string) => boolean;

  /** Only what is missing of the tables that are wanted counts as not readable. */
  constructor(file: PageFile, wanted: (table: string) => boolean) {
    this.#file = file;
    this.#wanted = wanted;
  }

  /**
   * First what the schema leads to, table by table; then the pages that nothing led to, because what led
   * there cannot be read. Free pages are not among them, as far as it is known which are.
   */
  *rows(): Generator<FoundRows> {
    const roots: { table: string | null; page: number }[] = [];
    // The schema is a table itself: type, name, table, root, text.
    for (const { rows } of this.#tree(1, SCHEMA)) {
      for (const { values } of rows) {
        const [type, name, , root] = values;
        if (typeof root !== 'bigint' || root === 0n) continue;
        const isTable = type === 'table' && typeof name === 'string' && this.#wanted(name);
        roots.push({ table: isTable ? name : null, page: pageNumber(root) });
      }
    }
    // A page that two trees claim, one of them wrongly, is taken for the one that matters.
    for (const { table, page } of [
      ...roots.filter((root) => root.table !== null),
      ...roots.filter((root) => root.table === null),
    ]) {
      for (const found of this.#tree(page, table)) if (table !== null) yield found;
    }
    this.#markFree();
    yield* this.#orphans();
  }

  *#tree(root: number, table: string | null): Generator<FoundRows> {
    const pages = [root];
    for (let number = pages.pop(); number !== undefined; number = pages.pop()) {
      if (this.#seen.has(number)) continue;
      const page = readTreePage(this.#file, number);
      if (table !== null) this.unreadable += page ? page.unreadable : 1;
      if (!page) continue;
      this.#seen.add(number);
      pages.push(...page.children.toReversed());
      yield { table, rows: page.rows };
    }
  }

  /** Of two pages with the same row the one that is part of a tree is the newer one. */
  *#orphans(): Generator<FoundRows> {
    const below = new Set<number>();
    for (const [, { children }] of this.#unseen()) for (const child of children) below.add(child);
    for (const isBelow of [true, false]) {
      for (const [number, { rows }] of this.#unseen()) {
        if (below.has(number) === isBelow) yield { table: null, rows };
      }
    }
  }

  *#unseen(): Generator<readonly [number, TreePage]> {
    for (let number = 1; number <= this.#file.count; number += 1) {
      if (this.#seen.has(number)) continue;
      const page = readTreePage(this.#file, number);
      if (page) yield [number, page];
    }
  }

  /** The free pages are listed on pages that each name the next one. */
  #markFree(): void {
    let trunk = this.#file.page(1)?.readUInt32BE(32) ?? 0;
    while (trunk !== 0 && !this.#seen.has(trunk)) {
      const page = this.#file.page(trunk);
      if (!page) return;
      this.#seen.add(trunk);
      const leaves = Math.min(page.readUInt32BE(4), page.length / 4 - 2);
      for (let at = 0; at < leaves; at += 1) this.#seen.add(page.readUInt32BE(8 + at * 4));
      trunk = page.readUInt32BE(0);
    }
  }
}

/** The number of a page has four bytes. */
function pageNumber(root: bigint): number {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(root);
  return bytes.readUInt32BE(4);
}
