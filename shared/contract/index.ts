import { appContract } from './app';
import { attachmentContract } from './attachment';
import { backupContract } from './backup';
import { billingContract } from './billing';
import { budgetContract } from './budget';
import { connectionContract } from './connection';
import { conversationContract } from './conversation';
import { demoContract } from './demo';
import { estimateContract } from './estimate';
import { eventsContract } from './events';
import { healthContract } from './health';
import { importContract } from './import';
import { presetContract } from './preset';
import { runContract } from './run';
import { searchContract } from './search';
import { spendingContract } from './spending';
import { telemetryContract } from './telemetry';
import { transcriptContract } from './transcript';
import { updateContract } from './update';
import { usageFileContract } from './usage-file';

/** Everything the page can ask of the main process. There is no other way across. */
export const contract: Contract = {
  app: appContract,
  attachments: attachmentContract,
  backups: backupContract,
  budgets: budgetContract,
  billing: billingContract,
  connections: connectionContract,
  conversations: conversationContract,
  demo: demoContract,
  estimates: estimateContract,
  health: healthContract,
  presets: presetContract,
  runs: runContract,
  search: searchContract,
  spending: spendingContract,
  usageFiles: usageFileContract,
  transcripts: transcriptContract,
  imports: importContract,
  telemetry: telemetryContract,
  updates: updateContract,
  events: eventsContract,
};

/** Written out because the compiler does not print a type this long. */
type Contract = {
  app: typeof appContract;
  attachments: typeof attachmentContract;
  backups: typeof backupContract;
  budgets: typeof budgetContract;
  billing: typeof billingContract;
  connections: typeof connectionContract;
  conversations: typeof conversationContract;
  demo: typeof demoContract;
  estimates: typeof estimateContract;
  health: typeof healthContract;
  presets: typeof presetContract;
  runs: typeof runContract;
  search: typeof searchContract;
  spending: typeof spendingContract;
  usageFiles: typeof usageFileContract;
  transcripts: typeof transcriptContract;
  imports: typeof importContract;
  telemetry: typeof telemetryContract;
  updates: typeof updateContract;
  events: typeof eventsContract;
};
