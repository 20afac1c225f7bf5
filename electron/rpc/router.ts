import type { Router } from '@orpc/server';
import type { contract } from '../../shared/contract';
import { app } from './app';
import { attachments } from './attachments';
import { backups } from './backups';
import { base } from './base';
import { billing } from './billing';
import { budgets } from './budgets';
import { connections } from './connections';
import { conversations } from './conversations';
import { demo } from './demo';
import { estimates } from './estimates';
import { events } from './events';
import { health } from './health';
import { imports } from './imports';
import type { RpcParts } from './parts';
import { presets } from './presets';
import { runs } from './runs';
import { search } from './search';
import { spending } from './spending';
import { telemetry } from './telemetry';
import { transcripts } from './transcripts';
import { updates } from './updates';
import { usageFiles } from './usage-files';

/** Every route of the contract; one that is missing here does not compile. */
export const router: Router<typeof contract, RpcParts> = base.router({
  app,
  attachments,
  backups,
  budgets,
  billing,
  connections,
  conversations,
  demo,
  estimates,
  health,
  presets,
  runs,
  search,
  spending,
  usageFiles,
  transcripts,
  imports,
  telemetry,
  updates,
  events,
});
