import { type Settings, settings } from '../../shared/contract/app';
import { localDay } from '../../shared/local-day';
import type { Store } from '../store/client';
import { base } from './base';

const routes = base.app;

/** The one row that the page's settings are kept in. */
const SETTINGS_KEY = 'app';

const DEFAULTS: Settings = { theme: 'system', lastModel: null, lastConnectionId: null };

export const app = {
  info: routes.info.handler(({ context }) => context.info()),
  settings: routes.settings.handler(({ context }) => readSettings(context.store)),
  changeSettings: routes.changeSettings.handler(async ({ context, input }) => {
    const known = Object.entries(input).filter(([, value]) => value !== undefined);
    const changed = settings.parse({
      ...(await readSettings(context.store)),
      ...Object.fromEntries(known),
    });
    await context.store.write.saveSetting(SETTINGS_KEY, JSON.stringify(changed));
    context.themeChanged(changed.theme);
    context.feed.changed('settings');
    return changed;
  }),
  spendingOverview: routes.spendingOverview.handler(async ({ context }) => {
    const today = localDay(Date.now(), context.timeZone());
    const first = `${today.slice(0, 8)}01`;
    const between = context.store.read.spendingBetween;
    const [ofToday, ofMonth, demoToday, demoMonth] = await Promise.all([
      between(today, today, false),
      between(first, today, false),
      between(today, today, true),
      between(first, today, true),
    ]);
    return { today: ofToday, month: ofMonth, demoToday, demoMonth };
  }),
  openExternal: routes.openExternal.handler(({ context, input }) =>
    context.openExternal(input.url),
  ),
};

/** What was saved, with defaults for what a damaged or older row does not have. */
export async function readSettings(store: Store): Promise<Settings> {
  const text = await store.read.getSetting(SETTINGS_KEY);
  if (text === null) return DEFAULTS;
  try {
    const saved = settings.partial().parse(JSON.parse(text));
    return settings.parse({ ...DEFAULTS, ...saved });
  } catch {
    return DEFAULTS;
  }
}
