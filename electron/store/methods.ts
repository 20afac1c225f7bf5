import {
  getConnection,
  insertConnection,
  listConnections,
  listModels,
  removeConnection,
  saveModels,
} from './queries/connections';
import {
  chooseModel,
  getConversation,
  listConversations,
  markRead,
  pinConversation,
  removeConversation,
  renameConversation,
  restoreConversation,
  selectBranch,
} from './queries/conversations';
import { getDraft, saveDraft } from './queries/drafts';
import { branchTo } from './queries/messages';
import { listUnendedRuns } from './queries/recovery';
import { beginRun, checkpoint, endRun } from './queries/run-life';
import { getSetting, saveSetting } from './queries/settings';
import { spendingBetween } from './queries/spending';

/** What the read-only worker answers. */
export const READS = {
  listConnections,
  getConnection,
  listModels,
  listConversations,
  getConversation,
  branchTo,
  getDraft,
  getSetting,
  spendingBetween,
  listUnendedRuns,
};

/** What the writing worker does, one call after the other. */
export const WRITES = {
  insertConnection,
  removeConnection,
  saveModels,
  renameConversation,
  removeConversation,
  restoreConversation,
  pinConversation,
  chooseModel,
  selectBranch,
  markRead,
  saveDraft,
  saveSetting,
  beginRun,
  checkpoint,
  endRun,
};
