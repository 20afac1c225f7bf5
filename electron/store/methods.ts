import { connectionActivity } from './queries/activity';
import { getAttachments, insertAttachment, namedFiles } from './queries/attachments';
import { addBilling, beginBillingImport, billingProgress, knownBilling } from './queries/billing';
import {
  finishBillingImport,
  openEntries,
  openRuns,
  ownApps,
  undoBillingImport,
} from './queries/billing-match';
import { billingReport } from './queries/billing-report';
import {
  budgetStates,
  changeBudget,
  insertBudget,
  removeBudget,
  restoreBudget,
  spentByDay,
} from './queries/budgets';
import { listComparisons } from './queries/comparisons';
import {
  addLearned,
  changeConnection,
  clearLearned,
  getConnection,
  insertConnection,
  listConnections,
  removeConnection,
  removedConnections,
  restoreConnection,
} from './queries/connections';
import { listConversations } from './queries/conversation-list';
import {
  archiveConversations,
  changeConversationSettings,
  chooseModel,
  choosePreset,
  getConversation,
  markRead,
  pinConversation,
  removeConversations,
  renameConversation,
  restoreConversations,
  selectBranch,
} from './queries/conversations';
import { forgetDemo, removeDemo, restoreDemo } from './queries/demo-removal';
import { hasSamples, insertSamples } from './queries/demo-samples';
import { getDraft, saveDraft } from './queries/drafts';
import { endedAnswers, lastAnswer } from './queries/ended-answers';
import { answeredRuns, estimateAccuracy } from './queries/estimates';
import { forkConversation } from './queries/forks';
import {
  importsOnTheirWay,
  shortenUnseen,
  unusedImages,
  withdrawImport,
} from './queries/import-withdrawal';
import { beginImport, finishImport, importMessages, leaveImport } from './queries/imports';
import { rebuildSearch, recountSums } from './queries/mending';
import { purgeMessages, removeMessages, restoreMessages } from './queries/message-removal';
import { answersTo, branchTo } from './queries/messages';
import { modelRecords } from './queries/model-records';
import { listModels, offersOf, saveModels, setFavourite } from './queries/models';
import {
  changePreset,
  duplicatePreset,
  getPreset,
  insertPresets,
  insertPresetsApart,
  listPresets,
  presetName,
  removePreset,
  reorderPresets,
  restorePreset,
  setDefaultPreset,
} from './queries/presets';
import { probeWrite } from './queries/probe';
import { listPrompts, removePrompt, savePrompt } from './queries/prompts';
import { hideLongTrash, purgeConversations, trashedBefore } from './queries/purge';
import { endRunFromJournal, listUnendedRuns } from './queries/recovery';
import { beginRuns, beginTitle, checkpoint, endRun, nextAttempt } from './queries/run-life';
import { findConversations } from './queries/search';
import { getSetting, saveSetting } from './queries/settings';
import { spendingBetween } from './queries/spending';
import { spendingExtent } from './queries/spending-extent';
import { spendingReport } from './queries/spending-report';
import { routingFigures } from './queries/spending-routing';
import { spendingRows } from './queries/spending-rows';
import { wastedSpending } from './queries/spending-waste';
import { suggestNames } from './queries/suggestions';
import { listTags, tagConversations } from './queries/tags';
import {
  changeTelemetry,
  getTelemetry,
  sendEarlierRuns,
  stopEarlierRuns,
} from './queries/telemetry';
import {
  dropTelemetryBatch,
  noteDelivered,
  noteSpansTold,
  shortenTelemetryBatch,
  takeTelemetryBatch,
} from './queries/telemetry-batch';
import { firstExchange, giveTitle } from './queries/titles';
import { moveCalendar } from './queries/usage-calendar';

/** What the read-only worker answers. */
export const READS = {
  listConnections,
  removedConnections,
  getConnection,
  connectionActivity,
  listModels,
  offersOf,
  getAttachments,
  namedFiles,
  listConversations,
  getConversation,
  branchTo,
  answersTo,
  endedAnswers,
  lastAnswer,
  firstExchange,
  getDraft,
  getSetting,
  spendingBetween,
  spendingExtent,
  spendingReport,
  spendingRows,
  wastedSpending,
  routingFigures,
  listUnendedRuns,
  trashedBefore,
  listTags,
  listComparisons,
  hasSamples,
  modelRecords,
  answeredRuns,
  estimateAccuracy,
  budgetStates,
  spentByDay,
  billingProgress,
  billingReport,
  knownBilling,
  openEntries,
  openRuns,
  ownApps,
  listPresets,
  getPreset,
  presetName,
  listPrompts,
  findConversations,
  suggestNames,
  getTelemetry,
  importsOnTheirWay,
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
  forkConversation,
  removeMessages,
  restoreMessages,
  purgeMessages,
  renameConversation,
  removeConversations,
  restoreConversations,
  archiveConversations,
  hideLongTrash,
  purgeConversations,
  insertSamples,
  removeDemo,
  restoreDemo,
  forgetDemo,
  tagConversations,
  choosePreset,
  pinConversation,
  chooseModel,
  changeConversationSettings,
  selectBranch,
  markRead,
  saveDraft,
  saveSetting,
  probeWrite,
  rebuildSearch,
  recountSums,
  insertPresets,
  insertPresetsApart,
  duplicatePreset,
  changePreset,
  removePreset,
  restorePreset,
  reorderPresets,
  setDefaultPreset,
  savePrompt,
  removePrompt,
  insertBudget,
  changeBudget,
  removeBudget,
  restoreBudget,
  beginRuns,
  beginTitle,
  giveTitle,
  checkpoint,
  nextAttempt,
  endRun,
  endRunFromJournal,
  moveCalendar,
  beginBillingImport,
  addBilling,
  finishBillingImport,
  undoBillingImport,
  changeTelemetry,
  sendEarlierRuns,
  stopEarlierRuns,
  dropTelemetryBatch,
  shortenTelemetryBatch,
  takeTelemetryBatch,
  noteSpansTold,
  noteDelivered,
  beginImport,
  importMessages,
  finishImport,
  leaveImport,
  shortenUnseen,
  withdrawImport,
  unusedImages,
};
