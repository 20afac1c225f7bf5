import { randomUUID } from 'node:crypto';
import { base } from './base';

const routes = base.conversations;

export const conversations = {
  list: routes.list.handler(({ context, input }) =>
    context.store.read.listConversations(input.offset, input.limit, input),
  ),
  get: routes.get.handler(({ context, input }) =>
    context.store.read.getConversation(input.id, input.newest),
  ),
  branch: routes.branch.handler(({ context, input }) =>
    context.store.read.branchTo(input.messageId, input.newest),
  ),
  fork: routes.fork.handler(async ({ context, input }) => {
    const { id, messageId: through, newest } = input;
    const fork = { id, through, newest, uid: randomUUID(), at: Date.now() };
    const copy = await context.store.write.forkConversation(fork);
    context.feed.changed('conversations');
    return copy;
  }),
  rename: routes.rename.handler(async ({ context, input }) => {
    await context.store.write.renameConversation(input.id, input.title);
    context.feed.changed('conversations', 'conversation');
  }),
  remove: routes.remove.handler(async ({ context, input }) => {
    await context.store.write.removeConversations(input.ids, Date.now());
    context.feed.changed('conversations');
  }),
  restore: routes.restore.handler(async ({ context, input }) => {
    await context.store.write.restoreConversations(input.ids);
    context.feed.changed('conversations', 'conversation');
  }),
  archive: routes.archive.handler(async ({ context, input }) => {
    await context.store.write.archiveConversations(input.ids, input.archived ? Date.now() : null);
    context.feed.changed('conversations', 'conversation');
  }),
  purge: routes.purge.handler(async ({ context, input }) => {
    await context.trash.purge(input.ids);
  }),
  tag: routes.tag.handler(async ({ context, input }) => {
    await context.store.write.tagConversations(input.ids, input.add, input.remove);
    context.feed.changed('conversations', 'conversation');
  }),
  tags: routes.tags.handler(({ context }) => context.store.read.listTags()),
  pin: routes.pin.handler(async ({ context, input }) => {
    await context.store.write.pinConversation(input.id, input.pinned ? Date.now() : null);
    context.feed.changed('conversations');
  }),
  choose: routes.choose.handler(async ({ context, input }) => {
    await context.store.write.chooseModel(input.id, input.connectionId, input.model);
    context.feed.changed('conversation');
  }),
  choosePreset: routes.choosePreset.handler(async ({ context, input }) => {
    await context.store.write.choosePreset(input.id, input.presetId);
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
  removeMessages: routes.removeMessages.handler(async ({ context, input }) => {
    const { id, messageId, following } = input;
    const at = Date.now();
    const removed = await context.store.write.removeMessages(id, messageId, following, at);
    context.feed.changed('conversation', 'conversations', 'spending');
    return removed;
  }),
  restoreMessages: routes.restoreMessages.handler(async ({ context, input }) => {
    await context.store.write.restoreMessages(input.id, input.removed);
    context.feed.changed('conversation', 'conversations', 'spending');
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
