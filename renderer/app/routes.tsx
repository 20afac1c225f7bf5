import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ChatPage } from '../features/chat/chat-page';
import { conversationPlace } from '../state/conversation-place';
import { Frame } from './frame';
import { loadedEarly } from './loaded-early';

const ConnectPage = lazy(async () => ({
  default: (await import('../features/connect/connect-page')).ConnectPage,
}));
const spendingPage = loadedEarly(
  async () => (await import('../features/spending/spending-page')).SpendingPage,
);
const exportButton = loadedEarly(
  async () => (await import('../features/export/export-button')).ExportButton,
);
const budgetCell = loadedEarly(async () => (await import('../budget/budget-cell')).BudgetCell);
const BillingPage = lazy(async () => ({
  default: (await import('../features/billing/billing-page')).BillingPage,
}));
const ComparisonsPage = lazy(async () => ({
  default: (await import('../features/chat/comparisons-page')).ComparisonsPage,
}));
const PresetsPage = lazy(async () => ({
  default: (await import('../features/presets/presets-page')).PresetsPage,
}));
const SettingsPage = lazy(async () => ({
  default: (await import('../features/settings/settings-page')).SettingsPage,
}));
const BudgetsSection = lazy(async () => ({
  default: (await import('../features/budgets/budgets-section')).BudgetsSection,
}));
const ShortcutsSection = lazy(async () => ({
  default: (await import('../features/shortcuts/shortcuts-section')).ShortcutsSection,
}));

/** `#/connect`, or with the connection whose key is to be entered again. */
const CONNECT = /^\/connect(?:(?:\/|\?connection=)(?<id>\d+))?$/;

/** `#/spending`, or with what is looked at; the page reads that itself. */
const SPENDING = /^\/spending(?:\?.*)?$/;

/** Which page stands at which address. Without a connection there is only the first one. */
export function Routes({ connected }: { connected: boolean }) {
  const [path] = useLocation();
  const onConnect = CONNECT.test(path);
  if (!connected && !onConnect) return <Redirect to="/connect" replace />;
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path={CONNECT}>
          {({ id }) => <ConnectPage connectionId={id === undefined ? null : Number(id)} />}
        </Route>
        <Route>
          <Frame>
            <Suspense fallback={null}>
              <Pages />
            </Suspense>
          </Frame>
        </Route>
      </Switch>
    </Suspense>
  );
}

function Pages() {
  // Looked at often, so it is there before it is asked for.
  useEffect(() => {
    const idle = requestIdleCallback(() => {
      for (const { load } of [spendingPage, exportButton, budgetCell]) load();
    });
    return () => cancelIdleCallback(idle);
  }, []);
  return (
    <Switch>
      <Route path="/chat">
        <ChatPage conversationId={null} />
      </Route>
      <Route path="/chat/:place">
        <OpenChat />
      </Route>
      <Route path="/comparisons">
        <ComparisonsPage />
      </Route>
      <Route path="/spending/billing">
        <BillingPage />
      </Route>
      <Route path={SPENDING}>
        <spendingPage.Component exporting={exportButton.Component} budget={budgetCell.Component} />
      </Route>
      <Route path="/presets/:id?">{({ id }) => <PresetsPage presetId={id ?? null} />}</Route>
      <Route path="/settings/:section?/:item?">
        {({ section, item }) => (
          <SettingsPage
            section={section ?? null}
            item={item ?? null}
            budgets={BudgetsSection}
            shortcuts={ShortcutsSection}
          />
        )}
      </Route>
      <Route>
        <Redirect to="/chat" replace />
      </Route>
    </Switch>
  );
}

function OpenChat() {
  const [path] = useLocation();
  const place = conversationPlace(path);
  if (!place) return <Redirect to="/chat" replace />;
  return <ChatPage conversationId={place.conversationId} />;
}
