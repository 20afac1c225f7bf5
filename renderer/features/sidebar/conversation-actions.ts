import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import type { ConversationId } from '../../../shared/ids';
import { client, orpc, queryClient } from '../../rpc/client';
import { conversationPlace, openConversation } from '../../state/conversation-place';
import { notify } from '../../ui/toaster';
import { useSelection } from './selection';

/** One conversation or several. */
export interface Chosen {
  readonly ids: readonly ConversationId[];
  /** Its title, when it is one. */
  readonly title: string | null;
}

/** One conversation of the list as what something is done with. */
export function chosenOne({ id, title }: Pick<ConversationSummary, 'id' | 'title'>): Chosen {
  return { ids: [id], title };
}

export interface ConversationActions {
  readonly rename: (id: ConversationId, title: string) => void;
  readonly pin: (item: ConversationSummary) => void;
  /** To the trash. */
  readonly remove: (chosen: Chosen) => void;
  /** Out of the trash. */
  readonly restore: (chosen: Chosen) => void;
  readonly archive: (chosen: Chosen, archived: boolean) => void;
  readonly tag: (chosen: Chosen, change: { add?: string; remove?: string }) => void;
  /** For good. */
  readonly purge: (ids: readonly ConversationId[]) => void;
}

/** How many conversations main is given at once: answers that arrive are saved in between. */
const BATCH = 5_000;

async function inBatches(
  ids: readonly ConversationId[],
  work: (batch: { ids: ConversationId[] }) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < ids.length; at += BATCH) await work({ ids: ids.slice(at, at + BATCH) });
}

/** What can be done to conversations from the list. What takes them away can be undone for six seconds. */
export function useConversationActions(): ConversationActions {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const open = conversationPlace(path)?.conversationId ?? null;

  const change = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
    } catch {
      notify({ text: t('sidebar.notChanged') });
      return false;
    }
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: orpc.conversations.key() }),
      queryClient.invalidateQueries({ queryKey: orpc.search.key() }),
    ]);
    return true;
  };

  /** Does it, then says so and offers to undo it. */
  const move = async (
    work: () => Promise<void>,
    back: () => Promise<void>,
    text: string,
    reopen: ConversationId | null,
  ) => {
    useSelection.getState().clear();
    if (!(await change(work))) return;
    const undo = async () => {
      if ((await change(back)) && reopen !== null) openConversation(reopen);
    };
    notify({ text, action: { label: t('sidebar.undo'), onSelect: () => void undo() } });
  };

  const said = (
    what: 'deleted' | 'archived' | 'unarchived' | 'restored',
    { ids, title }: Chosen,
  ): string =>
    title === null
      ? t(`sidebar.${what}Many`, { count: ids.length })
      : t(`sidebar.${what}`, { title });

  return {
    rename: (id, title) => void change(() => client.conversations.rename({ id, title })),
    pin: ({ id, pinned }) => void change(() => client.conversations.pin({ id, pinned: !pinned })),
    remove(chosen) {
      const { ids } = chosen;
      const wasOpen = open !== null && ids.includes(open);
      if (wasOpen) navigate('/chat', { replace: true });
      void move(
        () => inBatches(ids, client.conversations.remove),
        () => inBatches(ids, client.conversations.restore),
        said('deleted', chosen),
        wasOpen ? open : null,
      );
    },
    restore(chosen) {
      const { ids } = chosen;
      void move(
        () => inBatches(ids, client.conversations.restore),
        () => inBatches(ids, client.conversations.remove),
        said('restored', chosen),
        null,
      );
    },
    archive(chosen, archived) {
      const put = (into: boolean) =>
        inBatches(chosen.ids, (batch) =>
          client.conversations.archive({ ...batch, archived: into }),
        );
      void move(
        () => put(archived),
        () => put(!archived),
        said(archived ? 'archived' : 'unarchived', chosen),
        null,
      );
    },
    tag: ({ ids }, { add, remove }) =>
      void change(() =>
        inBatches(ids, (batch) =>
          client.conversations.tag({
            ...batch,
            add: add === undefined ? [] : [add],
            remove: remove === undefined ? [] : [remove],
          }),
        ),
      ),
    purge(ids) {
      useSelection.getState().clear();
      if (open !== null && ids.includes(open)) navigate('/chat', { replace: true });
      void change(() => inBatches(ids, client.conversations.purge));
    },
  };
}
