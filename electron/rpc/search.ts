import { startOfDay } from '../../shared/local-day';
import { parseSearch, type SearchQuery } from '../../shared/search-query';
import type { StoreQuery } from '../store/queries/search-terms';
import { base } from './base';

const routes = base.search;

export const search = {
  find: routes.find.handler(async ({ context, input: { query, offset, limit, order } }) => {
    const parsed = parseSearch(query);
    if (!parsed.ok) return { hits: [], more: false, problem: parsed.problem };
    const wanted = inTimeZone(parsed.query, context.timeZone());
    const found = await context.store.read.findConversations(wanted, offset, limit, order);
    return { ...found, problem: null };
  }),
  suggest: routes.suggest.handler(({ context, input }) =>
    context.store.read.suggestNames(input.field, input.prefix),
  ),
};

/** A query with its calendar days as moments. */
function inTimeZone(query: SearchQuery, timeZone: string): StoreQuery {
  return {
    ...query,
    filters: query.filters.map(({ field, not }) => ({
      not,
      field: 'day' in field ? { name: field.name, at: startOfDay(field.day, timeZone) } : field,
    })),
  };
}
