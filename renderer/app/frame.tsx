import { PanelLeftOpen, SquarePen } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useConversationSteps } from '../features/sidebar/conversation-steps';
import { Sidebar } from '../features/sidebar/sidebar';
import { PresetDialogs } from '../preset/preset-dialogs';
import { useAfterFirstPaint } from '../state/first-paint';
import { useFrameState } from '../state/frame-state';
import { useKeysOf } from '../state/shortcuts';
import { IconButton } from '../ui/icon-button';
import { useAppCommands } from './app-commands';
import { useCommandKeys } from './command-keys';
import { useNarrowWindow } from './narrow-window';
import { Overlays } from './overlays';
import { SafeModeNotice } from './safe-mode-notice';
import { SidebarEdge, sidebarColumns, useSidebarWidth } from './sidebar-edge';
import { StoreNotice } from './store-notice';
import { UpdateNotice } from './update-notice';

const RAIL = '44px minmax(0, 1fr)';

/** Sidebar and page. The sidebar folds into a rail on request and in a narrow window. */
export function Frame({ children }: { children: ReactNode }) {
  const narrow = useNarrowWindow();
  const rail = useFrameState((state) => (narrow ? !state.openInNarrow : state.folded));
  const grid = useRef<HTMLDivElement>(null);
  const [width, changeWidth] = useSidebarWidth();
  const whole = useAfterFirstPaint();
  const toggle = () => {
    useFrameState.getState().toggleSidebar(narrow);
    focusToggle();
  };
  useAppCommands({ rail, toggleSidebar: toggle });
  useConversationSteps();
  useCommandKeys();
  useEffect(() => {
    if (!narrow) useFrameState.setState({ openInNarrow: false });
  }, [narrow]);
  return (
    <div
      ref={grid}
      className="grid h-full"
      style={{ gridTemplateColumns: rail ? RAIL : sidebarColumns(width) }}
    >
      {rail ? (
        <Rail onShow={toggle} />
      ) : (
        <aside className="relative grid min-h-0 min-w-0 bg-surface-side">
          {whole && (
            <>
              <Sidebar />
              <SidebarEdge grid={grid} width={width} onChange={changeWidth} />
            </>
          )}
        </aside>
      )}
      <main className="relative flex min-h-0 min-w-0 flex-col bg-surface">
        {whole && (
          <>
            <SafeModeNotice />
            <StoreNotice />
          </>
        )}
        {children}
        {whole && <UpdateNotice />}
      </main>
      {whole && (
        <>
          <PresetDialogs />
          <Overlays />
        </>
      )}
    </div>
  );
}

/** What had the focus may be gone with the sidebar; its button is where one goes on. */
function focusToggle(): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const button = document.querySelector('[data-toggle-sidebar]');
    if (button instanceof HTMLElement) button.focus();
  });
}

function Rail({ onShow }: { onShow: () => void }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  return (
    <aside className="window-handle window-corner-narrow flex flex-col items-center gap-1 border-r border-line bg-surface-side pt-2.5">
      <IconButton
        data-toggle-sidebar
        label={t('sidebar.show')}
        shortcut={useKeysOf('toggleSidebar')}
        icon={PanelLeftOpen}
        side="right"
        onClick={onShow}
      />
      <IconButton
        label={t('sidebar.newConversation')}
        shortcut={useKeysOf('newConversation')}
        icon={SquarePen}
        side="right"
        onClick={() => navigate('/chat')}
      />
    </aside>
  );
}
