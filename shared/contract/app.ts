import { z } from 'zod';
import { total } from '../money';
import { route } from './route';
import { theme } from './theme';

export const settings = z.object({
  theme,
  /** Where a new conversation starts. */
  lastModel: z.string().nullable(),
  lastConnectionId: z.number().int().nullable(),
});
export type Settings = z.infer<typeof settings>;

export const appInfo = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  electron: z.string(),
  dataFolder: z.string(),
  /** The app was started to show the demo. */
  startInDemo: z.boolean(),
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
export type SpendingOverview = z.infer<typeof spendingOverview>;

export const appContract = {
  info: route.output(appInfo),
  settings: route.output(settings),
  changeSettings: route.input(settings.partial()).output(settings),
  spendingOverview: route.output(spendingOverview),
  /** Shows the host to the user, then opens http(s) and mailto links in the system's browser. */
  openExternal: route.input(z.object({ url: z.string().max(4000) })).output(z.void()),
};
