/** The sections of the settings, in their order; each has an address of its own. */
export const SETTINGS_SECTIONS = [
  'connections',
  'budgets',
  'writing',
  'appearance',
  'backups',
  'team',
  'shortcuts',
  'health',
  'about',
] as const;

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];
