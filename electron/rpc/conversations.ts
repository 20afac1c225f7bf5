import { base } from './base';

const routes = base.conversations;

export const conversations = {
  list: routes.list.handler(({ context, input }) =>
    context.store.read.listConversations(input.offset, input.limit),
  ),
  get: routes.get.handler(({ context, input }) => context.store.read.getConversation(input.id)),
  rename: routes.rename.handler(async ({ context, input }) => {
    await context.store.write.renameConversation(input.id, input.title);
    context.feed.changed('conversations', 'conversation');
  }),
  remove: routes.remove.handler(async ({ context, input }) => {
    await context.store.write.removeConversation(input.id, Date.now());
    context.feed.changed('conversations');
  }),
  restore: routes.restore.handler(async ({ context, input }) => {
    await context.store.write.restoreConversation(input.id);
    context.feed.changed('conversations', 'conversation');
  }),
  pin: routes.pin.handler(async ({ context, input }) => {
    await context.store.write.pinConversation(input.id, input.pinned ? Date.now() : null);
    context.feed.changed('conversations');
  }),
  choose: routes.choose.handler(async ({ context, input }) => {
    await context.store.write.chooseModel(input.id, input.connectionId, input.model);
    context.feed.changed('conversation');
  }),
  changeSettings: routes.changeSettings.handler(async ({ context, input }) => {
    await context.store.write.changeConversationSettings(input.id, input.settings);
    context.feed.changed('conversation');
  }),
  answers: routes.answers.handler(({ context, input }) =>
    context.store.read.answersTo(input.messageId),
  ),
  selectBranch: routes.selectBranch.handler(async ({ context, input }) => {
    await context.store.write.selectBranch(input.id, input.messageId);
    context.feed.changed('conversation');
  }),
  markRead: routes.markRead.handler(async ({ context, input }) => {
    await context.store.write.markRead(input.id);
    context.feed.changed('conversations');
  }),
  saveDraft: routes.saveDraft.handler(({ context, input }) =>
    context.store.write.saveDraft(input.id, input.text, Date.now()),
  ),
  newDraft: routes.newDraft.handler(({ context }) => context.store.read.getDraft(null)),
};
