import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VirtualizerHandle } from 'virtua';
import type { Message } from '../../../shared/contract/conversation';
import { count } from '../../ui/format';
import { IconButton } from '../../ui/icon-button';
import { type FindHit, MOST_HITS } from './find-hits';
import { useFind } from './use-find';
import { useFindMarks } from './use-find-marks';

export interface FindBarProps {
  messages: readonly Message[];
  thread: RefObject<HTMLElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  /** Rises each time it is asked for again. */
  asked: number;
  /** The thread does not follow its end any more. */
  onLeaveEnd: () => void;
  onClose: () => void;
}

/** Finds words in the conversation, also in what is not drawn at present. */
export function FindBar(props: FindBarProps) {
  const { messages, thread, list, asked, onLeaveEnd, onClose } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [firstRow] = useState(() => () => {
    const top = thread.current?.scrollTop ?? 0;
    return list.current?.findItemIndex(top) ?? 0;
  });
  const find = useFind(messages, typed, firstRow);
  const current = find.hits[find.at] ?? null;
  useFindMarks({ thread, list, typed, current, onLeaveEnd });
  useFocusBack();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again, it takes the focus again
  useEffect(() => {
    box.current?.focus();
    box.current?.select();
  }, [asked]);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <search className="find-bar" aria-label={t('chat.find')} onKeyDown={press}>
      <input
        ref={box}
        type="search"
        aria-label={t('chat.findLabel')}
        placeholder={t('chat.findLabel')}
        value={typed}
        spellCheck={false}
        onChange={({ target: { value } }) => setTyped(value)}
      />
      <span role="status" className="figures find-count">
        <FindCount typed={typed} hits={find.hits} at={find.at} searching={find.searching} />
      </span>
      <IconButton
        label={t('chat.findPrevious')}
        icon={ChevronUp}
        shortcut="Shift+Enter"
        small
        disabled={find.hits.length === 0}
        onClick={() => find.step(-1)}
      />
      <IconButton
        label={t('chat.findNext')}
        icon={ChevronDown}
        shortcut="Enter"
        small
        disabled={find.hits.length === 0}
        onClick={() => find.step(1)}
      />
      <IconButton label={t('chat.findClose')} icon={X} shortcut="Escape" small onClick={onClose} />
    </search>
  );
}

/** Gives the focus back to what had it before. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    },
    [before],
  );
}

interface FindCountProps {
  typed: string;
  hits: readonly FindHit[];
  at: number;
  searching: boolean;
}

function FindCount({ typed, hits, at, searching }: FindCountProps) {
  const { t } = useTranslation();
  if (typed.trim() === '') return null;
  if (hits.length === 0) return searching ? t('chat.findSearching') : t('chat.findNone');
  const figures = { at: count(at + 1), of: count(hits.length) };
  return hits.length >= MOST_HITS ? t('chat.findMany', figures) : t('chat.findCount', figures);
}
