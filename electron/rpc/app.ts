import { z } from 'zod';
import { type Settings, settings } from '../../shared/contract/app';
import { USUAL_LOOK } from '../../shared/contract/look';
import { USUAL_TRANSCRIPT } from '../../shared/contract/transcript';
import { USUAL_FORM } from '../../shared/contract/usage-file';
import { localDay } from '../../shared/local-day';
import { OneAtATime } from '../runs/one-at-a-time';
import type { Store } from '../store/client';
import { base } from './base';
import type { RpcParts } from './parts';

const routes = base.app;

/** The one row that the page's settings are kept in. */
const SETTINGS_KEY = 'app';

const { shape } = settings;

/** Each setting as it was saved, or its default where a damaged or older row does not have it. */
const savedSettings = z.object({
  theme: shape.theme.catch(USUAL_LOOK.theme),
  language: shape.language.catch(USUAL_LOOK.language),
  fontSize: shape.fontSize.catch(USUAL_LOOK.fontSize),
  motion: shape.motion.catch(USUAL_LOOK.motion),
  hideMoney: shape.hideMoney.catch(USUAL_LOOK.hideMoney),
  lastModel: shape.lastModel.catch(null),
  lastConnectionId: shape.lastConnectionId.catch(null),
  notifications: shape.notifications.catch(false),
  // Elsewhere Chromium fetches a word list first, and nothing is fetched that nobody asked for.
  spellCheck: shape.spellCheck.catch(process.platform === 'darwin'),
  sendKey: shape.sendKey.catch('enter'),
  shortcuts: shape.shortcuts.catch({}),
  titlesByModel: shape.titlesByModel.catch(false),
  titleModel: shape.titleModel.catch(null),
  looksForUpdates: shape.looksForUpdates.catch(null),
  sidebarWidth: shape.sidebarWidth.catch(248),
  searchOrder: shape.searchOrder.catch('newest'),
  // What is damaged may have said that it is kept for ever.
  trashDays: shape.trashDays.default(30).catch(null),
  usageFile: shape.usageFile.catch(USUAL_FORM),
  transcript: shape.transcript.catch(USUAL_TRANSCRIPT),
});

/** Two changes at once would take each other back. */
const changes = new OneAtATime();

export const app = {
  info: routes.info.handler(({ context }) => context.info()),
  settings: routes.settings.handler(({ context }) => readSettings(context.store)),
  changeSettings: routes.changeSettings.handler(({ context, input }) =>
    changes.do(() => changeSettings(context, input)),
  ),
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
  storeTrouble: routes.storeTrouble.handler(({ context }) => context.store.trouble.now),
  startAnew: routes.startAnew.handler(({ context, input }) =>
    context.startAnew({ safeMode: input.safeMode }),
  ),
  saveText: routes.saveText.handler(({ context, input }) =>
    context.saveFile(input.name, input.text),
  ),
  plainAnswers: routes.plainAnswers.handler(({ context }) => [...context.plainAnswers()]),
  openExternal: routes.openExternal.handler(({ context, input }) =>
    context.openExternal(input.url),
  ),
};

async function changeSettings(
  { store, feed, settingsChanged }: RpcParts,
  input: { readonly [Name in keyof Settings]?: Settings[Name] | undefined },
): Promise<Settings> {
  const known = Object.entries(input).filter(([, value]) => value !== undefined);
  const changed = settings.parse({ ...(await readSettings(store)), ...Object.fromEntries(known) });
  await store.write.saveSetting(SETTINGS_KEY, JSON.stringify(changed));
  settingsChanged(changed);
  feed.changed('settings');
  return changed;
}

/** What was saved, each setting by itself. */
export async function readSettings(store: Store): Promise<Settings> {
  const text = await store.read.getSetting(SETTINGS_KEY);
  const saved = savedFields.safeParse(parsed(text ?? '{}'));
  return savedSettings.parse(saved.success ? saved.data : { trashDays: null });
}

const savedFields = z.record(z.string(), z.unknown());

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
