import { initial } from './0010-initial';
import { requests } from './0020-requests';
import { organise } from './0030-organise';
import { spending } from './0040-spending';
import { budgets } from './0050-budgets';
import { billing } from './0060-billing';
import { estimates } from './0080-estimates';
import { telemetry } from './0090-telemetry';
import { tree } from './0100-tree';
import { titles } from './0120-titles';
import { imports } from './0130-imports';
import { scripts } from './0140-scripts';
import type { Migration } from './migration';

/** Every migration, oldest first. */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  requests,
  organise,
  spending,
  budgets,
  billing,
  estimates,
  telemetry,
  tree,
  titles,
  imports,
  scripts,
];
