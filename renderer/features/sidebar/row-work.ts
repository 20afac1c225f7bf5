import { useLayoutEffect, useRef, useState } from 'react';
import type { ConversationSummary } from '../../../shared/contract/conversation';

/** How a click or a key adds to what is selected. */
export type Choosing = 'toggle' | 'range';

/** What a row can have done. */
export interface RowWork {
  readonly rename: (item: ConversationSummary) => void;
  /** null: leave the title as it is. */
  readonly renamed: (item: ConversationSummary, title: string | null) => void;
  readonly pin: (item: ConversationSummary) => void;
  readonly tag: (item: ConversationSummary) => void;
  readonly choose: (item: ConversationSummary, how: Choosing) => void;
  readonly archive: (item: ConversationSummary, archived: boolean) => void;
  readonly remove: (item: ConversationSummary) => void;
  readonly restore: (item: ConversationSummary) => void;
  readonly purge: (item: ConversationSummary) => void;
  /** The row took the focus. */
  readonly focused: (item: ConversationSummary) => void;
}

/** The same work in an object that never changes, so that a row is drawn again for its own sake only. */
export function useSteadyWork(work: RowWork): RowWork {
  const latest = useRef(work);
  useLayoutEffect(() => {
    latest.current = work;
  });
  const [steady] = useState<RowWork>(() => ({
    rename: (item) => latest.current.rename(item),
    renamed: (item, title) => latest.current.renamed(item, title),
    pin: (item) => latest.current.pin(item),
    tag: (item) => latest.current.tag(item),
    choose: (item, how) => latest.current.choose(item, how),
    archive: (item, archived) => latest.current.archive(item, archived),
    remove: (item) => latest.current.remove(item),
    restore: (item) => latest.current.restore(item),
    purge: (item) => latest.current.purge(item),
    focused: (item) => latest.current.focused(item),
  }));
  return steady;
}
