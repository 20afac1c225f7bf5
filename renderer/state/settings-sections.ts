/** The sections of the settings, in their order; each has an address of its own. */
export const SETTINGS_SECTIONS = [
  'connections',
  'budgets',
  'team',
  'backups',
  'writing',
  'appearance',
  'shortcuts',
  'about',
] as const;

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];
