import { createHash } from 'node:crypto';
import { tagName } from '../../shared/contract/conversation';
import type { ImportFault, ImportFormat, ImportProblem } from '../../shared/contract/import';
import type { FiledHead, FiledRun } from '../../shared/conversation-file';
import { titleOf } from '../runs/title';
import { BadEntry, type ReadHead, type ReadMessage, type ReadPart } from './read-conversation';
import { orderTree } from './tree-order';

/** A message with its place among those that were read. */
export interface Node {
  readonly key: string;
  readonly parent: string | null;
  readonly kept: boolean;
  readonly role: ReadMessage['role'];
  readonly createdAt: number | null;
  readonly run: string | null;
  readonly size: number;
  readonly arrival: number;
}

/** Each page of a list has the titles of all its conversations. */
const LONGEST_TITLE = 500;

/** No server, model or tool is called by more, and what draws a name draws the whole of it. */
const LONGEST_NAME = 1500;

export type Cell = string | number | null;

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
        addPart(arrival, position, { ...part, name: shortened(part.name) });
        size += part.text.length;
      }
      this.#title ??= role === 'user' ? textIn(parts) : null;
    }
    this.#nodes.push({ key, parent, role, kept, createdAt, run, size, arrival });
  }

  addRun(run: FiledRun): void {
    this.#runs.push({
      ...run,
      connection: run.connection.slice(0, LONGEST_NAME),
      preset: shortened(run.preset),
      requestedModel: run.requestedModel.slice(0, LONGEST_NAME),
      requestedProvider: shortened(run.requestedProvider),
      servedModel: shortened(run.servedModel),
      servedProvider: shortened(run.servedProvider),
      completionId: shortened(run.completionId),
      finishReason: shortened(run.finishReason),
      errorCode: shortened(run.errorCode),
      error: shortened(run.error),
    });
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
      title.slice(0, LONGEST_TITLE),
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
      shortened(head.model),
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
    const connection = shortened(head.connection);
    const server = this.#runs.find((run) => run.connection === connection);
    this.#parts.keep('slice', [
      head.uid,
      head.title.slice(0, LONGEST_TITLE),
      head.titleSource,
      head.createdAt,
      head.updatedAt,
      head.pinnedAt,
      head.archivedAt,
      head.deletedAt,
      head.demo ? 1 : 0,
      JSON.stringify(this.#tagsIn(head)),
      connection,
      server?.profile ?? null,
      server?.baseUrl ?? null,
      shortened(head.model),
      shortened(head.preset),
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

  /** What the page would not take for a tag could never be taken off again. */
  #tagsIn({ tags }: FiledHead): string[] {
    return tags.flatMap((tag) => {
      const read = tagName.safeParse(tag);
      if (!read.success) this.note('wrong_shape', 'tags');
      return read.success ? [read.data] : [];
    });
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

function shortened(name: string | null): string | null {
  return name?.slice(0, LONGEST_NAME) ?? null;
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
