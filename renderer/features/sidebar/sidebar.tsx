import { Search, SquarePen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFrameState } from '../../state/frame-state';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Kbd } from '../../ui/kbd';
import { Logo } from '../../ui/logo';
import { ConversationList, type ConversationListHandle } from './conversation-list';
import { MainNavigation } from './main-navigation';
import { SidebarFoot } from './sidebar-foot';

/** The way to everything: conversations with what they cost, the other pages, month and connection. */
export function Sidebar() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [filter, setFilter] = useState('');
  const list = useRef<ConversationListHandle>(null);
  return (
    <aside className="flex min-h-0 flex-col border-r border-line bg-surface-side">
      <div className="window-handle window-corner flex h-(--header-h) flex-none items-center pr-2 pl-4">
        <Logo className="min-w-0 flex-1" />
        <IconButton
          label={t('sidebar.newConversation')}
          shortcut="Mod+N"
          icon={SquarePen}
          onClick={() => navigate('/chat')}
        />
      </div>
      <SearchBox value={filter} onChange={setFilter} onLeave={() => list.current?.focusFirst()} />
      <MainNavigation />
      <ConversationList ref={list} filter={filter} />
      <SidebarFoot />
    </aside>
  );
}

interface SearchBoxProps {
  value: string;
  onChange: (value: string) => void;
  /** The arrow down goes to what was found. */
  onLeave: () => void;
}

function SearchBox({ value, onChange, onLeave }: SearchBoxProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const wanted = useFrameState((state) => state.searchWanted);
  useEffect(() => {
    if (!wanted) return;
    useFrameState.getState().search(false);
    input.current?.focus();
    input.current?.select();
  }, [wanted]);
  return (
    <search className="relative mx-2 mb-2">
      <Icon icon={Search} small className="absolute top-[9px] left-[9px] text-text-3" />
      <input
        ref={input}
        type="search"
        aria-label={t('sidebar.search')}
        placeholder={t('sidebar.search')}
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
          else if (event.key === 'ArrowDown') onLeave();
          else return;
          event.preventDefault();
        }}
        className="h-8 w-full rounded-2 border border-line-strong bg-surface pr-10 pl-[30px]"
      />
      {value === '' && <Kbd keys="Mod+K" className="pointer-events-none absolute top-2 right-2" />}
    </search>
  );
}
