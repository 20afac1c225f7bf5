import { z } from 'zod';
import { messageId } from '../ids';
import { total } from '../money';
import { look } from './look';
import { route } from './route';
import { target } from './run';
import { searchOrder } from './search';
import { transcriptForm } from './transcript';
import { usageFileForm } from './usage-file';

export const settings = look.extend({
  /** Where a new conversation starts. */
  lastModel: z.string().nullable(),
  lastConnectionId: z.number().int().nullable(),
  /** Tells when an answer ends while the window is not in front. */
  notifications: z.boolean(),
  spellCheck: z.boolean(),
  /** What sends a message; the other breaks the line. */
  sendKey: z.enum(['enter', 'mod_enter']),
  /** Key combinations by command, where they differ from the usual ones; null takes one away. */
  shortcuts: z.record(z.string().max(60), z.string().max(60).nullable()),
  /** A model is asked for the title of a new conversation; else a rule makes it. */
  titlesByModel: z.boolean(),
  /** Which one; null for that of the conversation. */
  titleModel: target.nullable(),
  /** The server of new versions is asked at a start and once a day; null: the user was not asked yet. */
  looksForUpdates: z.boolean().nullable(),
  /** In pixels. */
  sidebarWidth: z.number().int().min(200).max(480),
  /** What stands first of what a search found. */
  searchOrder,
  /** How many days what was deleted can be brought back; null for until the trash is emptied. */
  trashDays: z.number().int().min(1).max(3650).nullable(),
  /** How the last file of usage was written. */
  usageFile: usageFileForm,
  /** How conversations were last written into a file. */
  transcript: transcriptForm,
});
export type Settings = z.infer<typeof settings>;

export const appInfo = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  electron: z.string(),
  dataFolder: z.string(),
  /** The app was started without all that could keep it from starting (`--safe-mode`). */
  safeMode: z.boolean(),
  /** The languages of the computer, the preferred first (BCP 47). */
  languages: z.array(z.string()),
});
export type AppInfo = z.infer<typeof appInfo>;

export const spendingOverview = z.object({
  /** The calendar day in the user's time zone. */
  today: total,
  month: total,
  /** The same for the demo connection, whose money is not real. */
  demoToday: total,
  demoMonth: total,
});

/** What keeps the store from being written while the app runs. */
export const storeTrouble = z.enum(['full', 'read_only', 'corrupt', 'crashed', 'slow']);
export type StoreTrouble = z.infer<typeof storeTrouble>;

export const appContract = {
  info: route.output(appInfo),
  settings: route.output(settings),
  changeSettings: route.input(settings.partial()).output(settings),
  spendingOverview: route.output(spendingOverview),
  /** What keeps answers from being saved now; null for nothing. They go on in memory meanwhile. */
  storeTrouble: route.output(storeTrouble.nullable()),
  /** Ends the app in order and starts it anew, in safe mode or as usual. */
  startAnew: route.input(z.object({ safeMode: z.boolean() })).output(z.void()),
  /** Lets the user choose where, then writes a text there; null when they did not choose. */
  saveText: route
    .input(z.object({ name: z.string().trim().min(1).max(200), text: z.string().max(20_000_000) }))
    .output(z.string().nullable()),
  /** Answers on which the page broke twice: they are shown as plain text. */
  plainAnswers: route.output(z.array(messageId)),
  /** Shows the host to the user, then opens http(s) and mailto links in the system's browser. */
  openExternal: route.input(z.object({ url: z.string().max(4000) })).output(z.void()),
};
