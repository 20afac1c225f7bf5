import { connectionActivity } from './queries/activity';
import { getAttachments, insertAttachment } from './queries/attachments';
import {
  addLearned,
  changeConnection,
  clearLearned,
  getConnection,
  insertConnection,
  listConnections,
  removeConnection,
  restoreConnection,
} from './queries/connections';
import {
  changeConversationSettings,
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
import { answersTo, branchTo } from './queries/messages';
import { listModels, saveModels, setFavourite } from './queries/models';
import { endRunFromJournal, listUnendedRuns } from './queries/recovery';
import { beginRuns, checkpoint, endRun, nextAttempt } from './queries/run-life';
import { getSetting, saveSetting } from './queries/settings';
import { spendingBetween } from './queries/spending';

/** What the read-only worker answers. */
export const READS = {
  listConnections,
  getConnection,
  connectionActivity,
  listModels,
  getAttachments,
  listConversations,
  getConversation,
  branchTo,
  answersTo,
  getDraft,
  getSetting,
  spendingBetween,
  listUnendedRuns,
};

/** What the writing worker does, one call after the other. */
export const WRITES = {
  insertConnection,
  changeConnection,
  removeConnection,
  restoreConnection,
  addLearned,
  clearLearned,
  saveModels,
  setFavourite,
  insertAttachment,
  renameConversation,
  removeConversation,
  restoreConversation,
  pinConversation,
  chooseModel,
  changeConversationSettings,
  selectBranch,
  markRead,
  saveDraft,
  saveSetting,
  beginRuns,
  checkpoint,
  nextAttempt,
  endRun,
  endRunFromJournal,
};
