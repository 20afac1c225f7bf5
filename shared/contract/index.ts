import { appContract } from './app';
import { attachmentContract } from './attachment';
import { connectionContract } from './connection';
import { conversationContract } from './conversation';
import { eventsContract } from './events';
import { runContract } from './run';

/** Everything the page can ask of the main process. There is no other way across. */
export const contract = {
  app: appContract,
  attachments: attachmentContract,
  connections: connectionContract,
  conversations: conversationContract,
  runs: runContract,
  events: eventsContract,
};
