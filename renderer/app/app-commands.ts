import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { orpc } from '../rpc/client';
import { useChangeSettings } from '../state/change-settings';
import { useCommand } from '../state/commands';
import { useFrameState } from '../state/frame-state';
import { askImport } from '../state/import-request';
import { askTranscript } from '../state/transcript-request';

interface AppCommands {
  /** Of the sidebar only the rail is there. */
  rail: boolean;
  toggleSidebar: () => void;
}

/** The commands that are possible on every page. */
export function useAppCommands({ rail, toggleSidebar }: AppCommands): void {
  const [, navigate] = useLocation();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  const { showPalette, showShortcuts, search } = useFrameState.getState();

  useCommand('palette', () => showPalette(true));
  useCommand('shortcuts', () => showShortcuts(true));
  useCommand('search', () => {
    if (rail) toggleSidebar();
    search(true);
  });
  useCommand('toggleSidebar', toggleSidebar);
  useCommand('toggleTheme', () => {
    const dark = document.documentElement.dataset.theme === 'dark';
    if (settings) change({ theme: dark ? 'light' : 'dark' });
  });
  useCommand('hideMoney', () => settings && change({ hideMoney: !settings.hideMoney }));
  useCommand('goToChat', () => navigate('/chat'));
  useCommand('goToSpending', () => navigate('/spending'));
  useCommand('goToBilling', () => navigate('/spending/billing'));
  useCommand('goToPresets', () => navigate('/presets'));
  useCommand('goToComparisons', () => navigate('/comparisons'));
  useCommand('goToSettings', () => navigate('/settings'));
  useCommand('newConversation', () => navigate('/chat'));
  useCommand('importConversations', askImport);
  useCommand('exportConversations', () => askTranscript({ ids: null, title: null }));
}
