import { SquarePen } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { isWorthSearching } from '../../state/conversation-search';
import { useKeysOf } from '../../state/shortcuts';
import { IconButton } from '../../ui/icon-button';
import { Logo } from '../../ui/logo';
import { ConversationArea } from './conversation-area';
import type { ConversationListHandle } from './conversation-list';
import { ListMenu } from './list-menu';
import { MainNavigation } from './main-navigation';
import { SearchBox } from './search-box';
import { SearchResults, type SearchResultsHandle } from './search-results';
import { SidebarFoot } from './sidebar-foot';

/** The way to everything: conversations with what they cost, the other pages, month and connection. */
export function Sidebar() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [query, setQuery] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<ConversationListHandle>(null);
  const results = useRef<SearchResultsHandle>(null);
  const searching = isWorthSearching(query);
  const toBox = () => box.current?.focus();
  return (
    <div className="flex min-h-0 min-w-0 flex-col border-r border-line bg-surface-side">
      <div className="window-handle window-corner flex h-(--header-h) flex-none items-center pr-2 pl-4">
        <Logo className="min-w-0 flex-1" />
        <ListMenu />
        <IconButton
          label={t('sidebar.newConversation')}
          shortcut={useKeysOf('newConversation')}
          icon={SquarePen}
          onClick={() => navigate('/chat')}
        />
      </div>
      <SearchBox
        ref={box}
        value={query}
        onChange={setQuery}
        onDown={() => (searching ? results : list).current?.focusFirst()}
        onEnter={() => results.current?.openFirst()}
      />
      <MainNavigation />
      {searching ? (
        <SearchResults
          ref={results}
          query={query}
          onLeave={toBox}
          onClear={() => {
            setQuery('');
            toBox();
          }}
        />
      ) : (
        <ConversationArea ref={list} onLeave={toBox} />
      )}
      <SidebarFoot />
    </div>
  );
}
