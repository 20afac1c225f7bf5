import { notifyManager, type QueryClient } from '@tanstack/react-query';
import type { Conversation } from '../../shared/contract/conversation';
import type { Topic } from '../../shared/contract/events';
import type { ConversationId } from '../../shared/ids';
import { orpc, queryClient } from '../rpc/client';
import { followToday } from '../state/today';
import { outdateMessages, readConversation } from './read-conversation';

/** The stored data of the page, as far as the feed has to do with it. */
export interface StoredData {
  /** Has what belongs to these topics asked for again. */
  invalidate(topics: readonly Topic[]): void;
  invalidateAll(): void;
  /** Resolves once the page shows the conversation as it is stored now, if it shows it at all. */
  readConversation(id: ConversationId): Promise<void>;
}

type Key = readonly unknown[];

const KEYS: Readonly<Record<Topic, () => readonly Key[]>> = {
  conversations: () => [
    orpc.conversations.list.key(),
    orpc.conversations.tags.key(),
    orpc.search.find.key(),
    orpc.runs.comparisons.key(),
    orpc.budgets.key(),
    // What is deleted or replaced was spent for nothing, and titles stand beside the rows.
    orpc.spending.key(),
    orpc.billing.report.key(),
  ],
  conversation: () => [orpc.conversations.get.key(), orpc.conversations.answers.key()],
  presets: () => [orpc.presets.key(), orpc.budgets.key()],
  // Names, keys and whether a server is there stand on the page of bills, too.
  connections: () => [orpc.connections.key(), orpc.budgets.key(), orpc.billing.key()],
  spending: () => [
    orpc.app.spendingOverview.key(),
    orpc.spending.key(),
    orpc.estimates.key(),
    orpc.budgets.key(),
  ],
  billing: () => [orpc.billing.key()],
  settings: () => [orpc.app.settings.key()],
  telemetry: () => [orpc.telemetry.state.key()],
  backups: () => [orpc.backups.state.key(), orpc.health.state.key()],
  store: () => [orpc.app.storeTrouble.key()],
  health: () => [orpc.health.state.key()],
  imports: () => [orpc.imports.handed.key()],
  updates: () => [orpc.updates.state.key()],
};

/** That of the page. */
export const storedData: StoredData = storedIn(queryClient);

/** Has what was spent asked for again when a day begins: what is of today and of this month is less then. */
export function followDays(): () => void {
  let last: number | null = null;
  return followToday((today) => {
    if (last !== null && last !== today) storedData.invalidate(['spending']);
    last = today;
  });
}

/** The stored data that these queries hold. */
export function storedIn(queries: QueryClient): StoredData {
  return {
    invalidate(topics) {
      // A bill changes what answers of any age have cost.
      if (topics.includes('billing') && topics.includes('conversation')) outdateMessages();
      for (const topic of topics) {
        for (const queryKey of KEYS[topic]()) readAnew(queries, queryKey);
      }
    },
    invalidateAll() {
      outdateMessages();
      readAnew(queries, []);
    },
    async readConversation(id) {
      const queryKey = orpc.conversations.get.queryKey({ input: { id } });
      const query = queries.getQueryCache().find({ queryKey });
      if (!query?.state.data) return;
      try {
        // What was put or asked for while this was read may be newer than it.
        let conversation: Conversation;
        let before: { readonly count: number; readonly asked: Promise<unknown> | undefined };
        do {
          before = { count: query.state.dataUpdateCount, asked: query.promise };
          conversation = await readConversation(id);
        } while (query.state.dataUpdateCount !== before.count || query.promise !== before.asked);
        // An older answer still on its way must not overwrite this one.
        await queries.cancelQueries({ queryKey });
        queries.setQueryData(queryKey, conversation);
        const answers = orpc.conversations.answers.key();
        await queries.refetchQueries({ queryKey: answers, type: 'active' });
        // The page hears of it a moment later; whoever waits for us must not be faster than that.
        await new Promise<void>((resolve) => notifyManager.schedule(resolve));
      } catch {
        await queries.invalidateQueries({ queryKey });
      }
    },
  };
}

/** Has all that begins with a key asked for again. */
function readAnew(queries: QueryClient, queryKey: Key): void {
  // A first answer that is on its way may be older than the change, and nothing calls it off.
  const first = queries
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching', predicate: ({ state }) => !state.dataUpdatedAt });
  void queries.invalidateQueries({ queryKey });
  for (const query of first) {
    if (outdated.has(query)) continue;
    outdated.add(query);
    const again = () => {
      outdated.delete(query);
      return queries.invalidateQueries({ queryKey: query.queryKey, exact: true });
    };
    void query.promise?.then(again, again);
  }
}

/** Queries that are read again as soon as their first answer is there. */
const outdated = new WeakSet<object>();
