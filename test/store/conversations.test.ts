import { describe, expect, it } from 'vitest';
import type { WriteDb } from '../../electron/store/connection';
import { listConversations } from '../../electron/store/queries/conversation-list';
import {
  changeConversationSettings,
  chooseModel,
  getConversation,
  markRead,
  pinConversation,
  removeConversations,
  renameConversation,
  restoreConversations,
  selectBranch,
} from '../../electron/store/queries/conversations';
import { getDraft, saveDraft } from '../../electron/store/queries/drafts';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingBetween } from '../../electron/store/queries/spending';
import { type ChatSettings, EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import { type ConversationId, conversationId, messageId } from '../../shared/ids';
import {
  anotherAnswer,
  begin,
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections } from '../fixtures/store';

const NOT_FOUND = expect.objectContaining({ kind: 'not_found' });
const missing = conversationId.parse(999);

/** Conversations called 1, 2, 3 …, each used a second after the one before. */
function several(writer: WriteDb, count: number): ConversationId[] {
  const connection = connect(writer);
  return Array.from({ length: count }, (_, i) => {
    return begin(writer, connection, `${i + 1}`, { startedAt: NOON + i * 1000 }).conversationId;
  });
}

describe('the list', () => {
  it('has the last used first, and the pinned before them in the order they were pinned', () => {
    const { writer, reader } = connections();
    const ids = several(writer, 5);
    const titles = () => listConversations(reader, 0, 100).items.map(({ title }) => title);
    expect(titles()).toEqual(['5', '4', '3', '2', '1']);
    pinConversation(writer, ids[3] ?? missing, NOON + 1);
    pinConversation(writer, ids[0] ?? missing, NOON + 2);
    expect(titles()).toEqual(['4', '1', '5', '3', '2']);
    pinConversation(writer, ids[3] ?? missing, null);
    expect(titles()).toEqual(['1', '5', '4', '3', '2']);
  });

  it('is the same in pages of any size', () => {
    const { writer, reader } = connections();
    const ids = several(writer, 9);
    for (const at of [2, 5]) pinConversation(writer, ids[at] ?? missing, NOON + at);
    removeConversations(writer, [ids[7] ?? missing], NOON);
    const { items: all, count } = listConversations(reader, 0, 500);
    expect(count).toBe(8);
    expect(all.map(({ pinned }) => pinned).slice(0, 3)).toEqual([true, true, false]);
    for (let size = 1; size <= 9; size += 1) {
      const pages = [];
      for (let at = 0; at < count; at += size) {
        const page = listConversations(reader, at, size);
        expect(page.count).toBe(count);
        pages.push(...page.items);
      }
      expect(pages).toEqual(all);
    }
    expect(listConversations(reader, 20, 5)).toEqual({ items: [], count });
  });

  it('moves a conversation up when it is used', () => {
    const { writer, reader } = connections();
    const [first = missing] = several(writer, 3);
    const connection = connect(writer);
    const { runId } = beginRun(
      writer,
      nextMessage(first, 'again'),
      runHead(connection, { startedAt: NOON + 60_000 }),
    );
    expect(listConversations(reader, 0, 1).items[0]?.title).toBe('1');
    endRun(writer, runId, outcome({ endedAt: NOON }), []);
    expect(listConversations(reader, 0, 1).items[0]).toMatchObject({
      title: '1',
      updatedAt: NOON + 60_000,
      unread: true,
    });
  });
});

describe('the trash', () => {
  it('takes a conversation and gives it back as it was', () => {
    const { writer, reader } = connections();
    const [id = missing] = several(writer, 2);
    saveDraft(writer, id, 'unsent', NOON);
    const before = getConversation(reader, id);
    removeConversations(writer, [id], NOON);
    expect(() => getConversation(reader, id)).toThrow(NOT_FOUND);
    expect(listConversations(reader, 0, 9).items.map(({ title }) => title)).toEqual(['2']);
    expect(() => removeConversations(writer, [id], NOON)).toThrow(NOT_FOUND);
    restoreConversations(writer, [id]);
    expect(getConversation(reader, id)).toEqual(before);
  });

  it('leaves what was spent in every total', () => {
    const { writer, reader } = connections();
    const { runId, conversationId: id } = begin(writer, connect(writer));
    endRun(writer, runId, outcome(), [say('x')]);
    const before = spendingBetween(reader, '2024-10-21', '2024-10-21', false);
    removeConversations(writer, [id], NOON);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toEqual(before);
  });

  it('takes a conversation whose answer is on its way, which ends there', () => {
    const { writer, reader } = connections();
    const { runId, conversationId: id } = begin(writer, connect(writer));
    removeConversations(writer, [id], NOON);
    endRun(writer, runId, outcome(), [say('x')]);
    restoreConversations(writer, [id]);
    expect(getConversation(reader, id)).toMatchObject({
      total: { known: 1_878_000n, running: 0 },
      messages: [{}, { parts: say('x') }],
    });
  });
});

describe('a branch', () => {
  it('is followed to its newest leaf', () => {
    const { writer, reader } = connections();
    const connection = connect(writer);
    const first = begin(writer, connection);
    const { conversationId: id } = first;
    const more = beginRun(writer, nextMessage(id, 'more'), runHead(connection));
    const target = anotherAnswer(id, first.messageId);
    const again = beginRun(writer, target, runHead(connection));
    const shown = () => getConversation(reader, id).messages.map((message) => message.id);
    expect(shown()).toEqual([first.questionId, again.messageId]);

    selectBranch(writer, id, first.messageId);
    const whole = [first.questionId, first.messageId, more.questionId, more.messageId];
    expect(shown()).toEqual(whole);
    selectBranch(writer, id, again.messageId);
    expect(shown()).toEqual([first.questionId, again.messageId]);
    selectBranch(writer, id, more.questionId);
    expect(shown()).toEqual(whole);

    const next = beginRun(writer, nextMessage(id, 'on'), runHead(connection));
    expect(shown()).toEqual([...whole, next.questionId, next.messageId]);
  });

  it('of another conversation is not found', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const one = begin(writer, connection);
    const other = begin(writer, connection);
    expect(() => selectBranch(writer, one.conversationId, other.messageId)).toThrow(NOT_FOUND);
    expect(() => selectBranch(writer, one.conversationId, messageId.parse(999))).toThrow(NOT_FOUND);
  });
});

describe('a conversation', () => {
  it('takes a name, a model, a pin, and is read', () => {
    const { writer, reader } = connections();
    const { runId, conversationId: id } = begin(writer, connect(writer));
    const other = connect(writer, 'Other');
    endRun(writer, runId, outcome(), []);
    renameConversation(writer, id, 'Blue');
    chooseModel(writer, id, other, 'claude');
    pinConversation(writer, id, NOON);
    expect(getConversation(reader, id).unread).toBe(true);
    markRead(writer, id);
    expect(getConversation(reader, id)).toMatchObject({
      title: 'Blue',
      connectionId: other,
      model: 'claude',
      pinned: true,
      unread: false,
    });
  });

  it('that is not there is not found', () => {
    const { writer, reader } = connections();
    expect(() => getConversation(reader, missing)).toThrow(NOT_FOUND);
    expect(() => renameConversation(writer, missing, 'x')).toThrow(NOT_FOUND);
    expect(() => restoreConversations(writer, [missing])).toThrow(NOT_FOUND);
    expect(() => pinConversation(writer, missing, 1)).toThrow(NOT_FOUND);
    expect(() => markRead(writer, missing)).not.toThrow();
  });
});

describe('the settings of a conversation', () => {
  const settings: ChatSettings = {
    system: 'Answer in verse.',
    parameters: { temperature: 0.2, max_tokens: 200, stop: ['END'] },
    extra: { min_p: 0.1, nested: { list: [1, null, 'x'] } },
    history: { messages: 20, tokens: null },
  };

  it('are those that were last sent with, whatever was sent', () => {
    const { writer, reader } = connections();
    const head = runHead(connect(writer));
    const shown = (id: ConversationId) => getConversation(reader, id).settings;
    const first = beginRun(writer, newConversation('x', { settings }), head);
    const { conversationId: id } = first;
    expect(shown(id)).toEqual(settings);
    beginRun(writer, nextMessage(id, 'y'), { ...head, uid: 'second' });
    expect(shown(id)).toEqual(EMPTY_CHAT_SETTINGS);
    beginRun(writer, anotherAnswer(id, first.messageId, settings), { ...head, uid: 'third' });
    expect(shown(id)).toEqual(settings);
  });

  it('are kept when they are changed before anything is sent', () => {
    const { writer, reader } = connections();
    const [id = missing, other = missing] = several(writer, 2);
    changeConversationSettings(writer, id, settings);
    expect(getConversation(reader, id).settings).toEqual(settings);
    expect(getConversation(reader, other).settings).toEqual(EMPTY_CHAT_SETTINGS);
    expect(() => changeConversationSettings(writer, missing, settings)).toThrow(NOT_FOUND);
  });

  it.each<[string, string, Partial<ChatSettings>]>([
    ['is no JSON', '{"system":"x"', {}],
    ['is no object', '["system"]', {}],
    ['is null', 'null', {}],
    ['has a field of a later version', '{"system":"x","later":true}', { system: 'x' }],
    ['has fields of the wrong kind', '{"system":7,"parameters":[],"extra":1,"history":"all"}', {}],
    [
      'has parameters out of range or unknown',
      '{"parameters":{"temperature":9,"seed":7,"later":1,"top_p":null}}',
      { parameters: { seed: 7 } },
    ],
    [
      'has an extra field with a control of its own by now',
      '{"extra":{"temperature":1,"min_p":0.1,"model":"x"}}',
      { extra: { min_p: 0.1 } },
    ],
    [
      'has a limit below zero',
      '{"history":{"messages":-1,"tokens":500}}',
      { history: { messages: null, tokens: 500 } },
    ],
    ['lacks a limit', '{"history":{"messages":3}}', { history: { messages: 3, tokens: null } }],
  ])('of which the row %s are what is left of them', (_, value, left) => {
    const { writer, reader } = connections();
    const [id = missing] = several(writer, 1);
    writer.prepare('UPDATE conversation SET settings = ?').run(value);
    expect(getConversation(reader, id).settings).toEqual({ ...EMPTY_CHAT_SETTINGS, ...left });
  });
});

describe('a draft', () => {
  it('is kept for each conversation and for the one not yet begun', () => {
    const { writer, reader } = connections();
    const [one = missing, two = missing] = several(writer, 2);
    saveDraft(writer, one, 'first', NOON);
    saveDraft(writer, one, 'second', NOON);
    saveDraft(writer, null, 'unbegun', NOON);
    expect([one, two, null].map((id) => getDraft(reader, id))).toEqual(['second', '', 'unbegun']);
    expect(getConversation(reader, one).draft).toBe('second');
    saveDraft(writer, one, '', NOON);
    expect(getDraft(reader, one)).toBe('');
    expect(reader.prepare('SELECT count(*) FROM draft').pluck().get()).toBe(1);
  });
});
