import { PanelLeftOpen, SquarePen } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { Sidebar } from '../features/sidebar/sidebar';
import { useFrameState } from '../state/frame-state';
import { IconButton } from '../ui/icon-button';
import { isCombination } from '../ui/key-combination';
import { useNarrowWindow } from './narrow-window';

/** Sidebar and page. The sidebar folds into a rail on request and in a narrow window. */
export function Frame({ children }: { children: ReactNode }) {
  const folded = useFrameState((state) => state.sidebarFolded);
  const narrow = useNarrowWindow();
  useFrameKeys();
  const rail = folded !== narrow;
  return (
    <div
      className={
        rail
          ? 'grid h-full grid-cols-[44px_minmax(0,1fr)]'
          : 'grid h-full grid-cols-[var(--sidebar-w)_minmax(0,1fr)]'
      }
    >
      {rail ? <Rail /> : <Sidebar />}
      <main className="relative flex min-h-0 min-w-0 flex-col bg-surface">{children}</main>
    </div>
  );
}

function Rail() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const toggle = useFrameState((state) => state.toggleSidebar);
  return (
    <aside className="window-handle window-corner-narrow flex flex-col items-center gap-1 border-r border-line bg-surface-side pt-2.5">
      <IconButton
        label={t('sidebar.show')}
        shortcut="Mod+B"
        icon={PanelLeftOpen}
        side="right"
        onClick={toggle}
      />
      <IconButton
        label={t('sidebar.newConversation')}
        shortcut="Mod+N"
        icon={SquarePen}
        side="right"
        onClick={() => navigate('/chat')}
      />
    </aside>
  );
}

/** The keys that work on every page. */
function useFrameKeys(): void {
  const [, navigate] = useLocation();
  const toggle = useFrameState((state) => state.toggleSidebar);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (isCombination(event, 'Mod+N')) navigate('/chat');
      else if (isCombination(event, 'Mod+B')) toggle();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [navigate, toggle]);
}
