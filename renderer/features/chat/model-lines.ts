import type { Model } from '../../../shared/contract/connection';
import {
  type ModelOrder,
  type ModelRecords,
  NO_RECORDS,
  rankOf,
  recentNames,
} from './model-records';

/** Which models a list shows: those one can talk to, all, or those of one type. */
export type TypeFilter = 'chat' | 'all' | `type:${string}`;

/** Types of models that answer with text; a server that does not say may mean any. */
const CHAT_TYPES: ReadonlySet<string | null> = new Set([null, 'llm', 'vision', 'chat', 'coding']);

/** Whether one can talk to it, as far as the server says. */
export function isForChat({ type }: Pick<Model, 'type'>): boolean {
  return CHAT_TYPES.has(type);
}

/** The models of a connection that one can talk to; all when that leaves none. */
export function chatModels(models: readonly Model[]): readonly Model[] {
  const chat = models.filter(isForChat);
  return chat.length > 0 ? chat : models;
}

export interface FilterCount {
  readonly filter: TypeFilter;
  /** Null where the filter has a word of its own. */
  readonly type: string | null;
  readonly count: number;
}

/** The filters that would show something different, the widest first. */
export function typeFilters(models: readonly Model[]): readonly FilterCount[] {
  const counts = new Map<string, number>();
  for (const { type } of models) if (type !== null) counts.set(type, (counts.get(type) ?? 0) + 1);
  if (counts.size + (models.some(({ type }) => type === null) ? 1 : 0) < 2) return [];
  const types = [...counts].sort(([a, many], [b, few]) => few - many || compare(a, b));
  return [
    { filter: 'chat', type: null, count: chatModels(models).length },
    { filter: 'all', type: null, count: models.length },
    ...types.map(([type, count]): FilterCount => ({ filter: `type:${type}`, type, count })),
  ];
}

function filtered(models: readonly Model[], filter: TypeFilter): readonly Model[] {
  if (filter === 'all') return models;
  if (filter === 'chat') return chatModels(models);
  return models.filter(({ type }) => `type:${type}` === filter);
}

export interface LineOrder {
  readonly order: ModelOrder;
  readonly records: ModelRecords;
}

const USUAL: LineOrder = { order: 'name', records: NO_RECORDS };

/**
 * The models a list shows: by nearness while one searches, then in the order that is chosen. By name the
 * favourites come first; what is not known of a model puts it last.
 */
export function modelLines(
  models: readonly Model[],
  filter: TypeFilter,
  typed: string,
  { order, records }: LineOrder = USUAL,
): readonly Model[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = filtered(models, filter).filter((model) => {
    if (words.length === 0) return true;
    const providers = model.offers.map(({ provider }) => provider ?? '').join(' ');
    const text = `${model.id} ${model.type ?? ''} ${model.subtype ?? ''} ${model.description ?? ''} ${providers}`;
    const haystack = text.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const ranked = found.map((model) => ({
    model,
    near: distance(model, words),
    rank: rankOf(order, model, records),
    later: order === 'name' && !model.favourite,
  }));
  return ranked
    .toSorted(
      (a, b) =>
        a.near - b.near ||
        Number(a.later) - Number(b.later) ||
        byRank(a.rank, b.rank) ||
        compare(a.model.id, b.model.id),
    )
    .map(({ model }) => model);
}

function byRank(a: bigint | null, b: bigint | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A stretch of the list below a heading of its own. */
export interface LineGroup {
  readonly heading: 'favourites' | 'recent' | 'others' | null;
  readonly models: readonly Model[];
}

/** The lines in groups: favourites, what was asked last, the rest. Found ones stand without headings. */
export function lineGroups(
  lines: readonly Model[],
  typed: string,
  { order, records }: LineOrder,
): readonly LineGroup[] {
  if (order !== 'name' || typed.trim() !== '') return [{ heading: null, models: lines }];
  const names = recentNames(records);
  const favourites = lines.filter(({ favourite }) => favourite);
  const recent = names.flatMap((name) =>
    lines.filter(({ id, favourite }) => id === name && !favourite),
  );
  const rest = lines.filter((model) => !model.favourite && !recent.includes(model));
  if (favourites.length + recent.length === 0) return [{ heading: null, models: rest }];
  return [
    { heading: 'favourites' as const, models: favourites },
    { heading: 'recent' as const, models: recent },
    { heading: 'others' as const, models: rest },
  ].filter(({ models }) => models.length > 0);
}

/** Lower is nearer: the very name, its beginning, in the name, elsewhere. */
function distance({ id }: Model, words: readonly string[]): number {
  const text = words.join(' ');
  if (text === '') return 0;
  const name = id.toLowerCase();
  const own = name.slice(name.lastIndexOf('/') + 1);
  if (name === text || own === text) return 0;
  if (name.startsWith(text) || own.startsWith(text)) return 1;
  return words.every((word) => name.includes(word)) ? 2 : 3;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
