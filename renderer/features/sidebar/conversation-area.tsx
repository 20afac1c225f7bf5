import { type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notify } from '../../ui/toaster';
import { type Chosen, useConversationActions } from './conversation-actions';
import { ConversationList, type ConversationListHandle } from './conversation-list';
import { allIds, useConversationPages } from './conversation-pages';
import { FilterLine } from './filter-line';
import { useListView } from './list-view';
import { PurgeDialog } from './purge-dialog';
import { useSelection } from './selection';
import { SelectionBar } from './selection-bar';
import { TagsDialog } from './tags-dialog';

interface ConversationAreaProps {
  ref: Ref<ConversationListHandle>;
  /** The arrow up on the first row. */
  onLeave: () => void;
}

/** The list with what narrows it, what is done with several of it, and what is asked about that. */
export function ConversationArea({ ref, onLeave }: ConversationAreaProps) {
  const { t } = useTranslation();
  const view = useListView();
  const pages = useConversationPages(view);
  const actions = useConversationActions();
  const ids = useSelection(({ selection }) => selection.ids);
  const clear = useSelection((state) => state.clear);
  const [tagging, setTagging] = useState<Chosen | null>(null);
  const [purging, setPurging] = useState<Chosen | null>(null);
  // What the focus goes back to after a question: the row it was about.
  const row = useRef<HTMLElement>(null);
  useEffect(() => clear, [clear]);

  const ask = (set: (chosen: Chosen) => void) => (chosen: Chosen) => {
    row.current = document.querySelector<HTMLElement>(`[data-row="conversation ${chosen.ids[0]}"]`);
    set(chosen);
  };
  const tag = ask(setTagging);
  const purge = ask(setPurging);
  const emptyTrash = async () => {
    try {
      purge({ ids: await allIds({ ...view, tag: null, place: 'trash' }), title: null });
    } catch {
      notify({ text: t('sidebar.notChanged') });
    }
  };
  const selection: Chosen = { ids: [...ids], title: null };
  return (
    <>
      <FilterLine count={pages.count} onEmptyTrash={() => void emptyTrash()} />
      <ConversationList
        ref={ref}
        pages={pages}
        actions={actions}
        onTag={tag}
        onPurge={purge}
        onLeave={onLeave}
      />
      {ids.size > 0 && (
        <SelectionBar
          chosen={selection}
          place={view.place}
          actions={actions}
          onTag={() => tag(selection)}
          onPurge={() => purge(selection)}
          onLeave={clear}
        />
      )}
      <TagsDialog
        chosen={tagging}
        items={pages.items}
        returnTo={row}
        onClose={() => setTagging(null)}
        onChange={actions.tag}
      />
      <PurgeDialog
        chosen={purging}
        returnTo={row}
        onClose={() => setPurging(null)}
        onPurge={({ ids: gone }) => actions.purge(gone)}
      />
    </>
  );
}
