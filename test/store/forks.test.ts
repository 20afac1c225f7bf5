import { describe, expect, it } from 'vitest';
import { insertAttachment } from '../../electron/store/queries/attachments';
import { getConversation, removeConversations } from '../../electron/store/queries/conversations';
import { forkConversation } from '../../electron/store/queries/forks';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { spendingBetween } from '../../electron/store/queries/spending';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import type { MessageId } from '../../shared/ids';
import { answerText } from '../../shared/run-view';
import {
  anotherAnswer,
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

/** A conversation of two questions, the second one answered twice. */
function talk() {
  const store = connections();
  const { writer, reader } = store;
  const connection = connect(writer);
  const settings = { ...EMPTY_CHAT_SETTINGS, system: 'Be brief.' };
  const image = insertAttachment(writer, {
    sha256: 'a'.repeat(64),
    name: 'sky.png',
    mediaType: 'image/png',
    bytes: 1,
    at: NOON,
  });
  const first = beginRun(
    writer,
    newConversation('Why is the sky blue?', { images: [image.id], settings }),
    runHead(connection),
  );
  const id = first.conversationId;
  endRun(writer, first.runId, outcome(), [say('Because of scattering.')]);
  const second = beginRun(
    writer,
    nextMessage(id, 'And at dusk?', { settings }),
    runHead(connection),
  );
  endRun(writer, second.runId, outcome(), [say('Red is left.')]);
  const other = beginRun(
    writer,
    anotherAnswer(id, second.messageId, settings),
    runHead(connection),
  );
  endRun(writer, other.runId, outcome(), [say('It is red then.')]);
  let forks = 0;
  const fork = (through: MessageId, newest: number | null = null) => {
    forks += 1;
    const uid = `fork ${forks}`;
    return forkConversation(writer, { id, through, newest, uid, at: NOON + 60_000 });
  };
  return { writer, reader, id, image, first, second, other, fork };
}

describe('a fork', () => {
  it('has what was said up to a message, with images and settings, and nothing beside it', () => {
    const { reader, id, image, second, fork } = talk();
    const copy = getConversation(reader, fork(second.messageId));
    const { messages, ...head } = copy;
    expect(messages.map(({ role, parts, run }) => [role, answerText(parts), run])).toEqual([
      ['user', 'Why is the sky blue?', null],
      ['assistant', 'Because of scattering.', null],
      ['user', 'And at dusk?', null],
      ['assistant', 'Red is left.', null],
    ]);
    expect(messages[0]?.images).toEqual([image]);
    for (const message of messages) expect(message.siblings).toEqual([message.id]);
    const { title, settings, model, connectionId } = getConversation(reader, id);
    expect(head).toMatchObject({ title, settings, model, connectionId, updatedAt: NOON + 60_000 });
  });

  it('can have only the newest messages of it', () => {
    const { reader, other, fork } = talk();
    const { messages } = getConversation(reader, fork(other.messageId, 2));
    expect(messages.map(({ parts }) => answerText(parts))).toEqual([
      'And at dusk?',
      'It is red then.',
    ]);
    expect(messages[0]?.parentId).toBeNull();
  });

  it('leaves the conversation as it was, and what it has cost with it', () => {
    const { reader, id, second, fork } = talk();
    const before = getConversation(reader, id);
    const ledger = reader.prepare('SELECT * FROM run').all();
    const spent = spendingBetween(reader, '2024-10-21', '2024-10-21', false);
    const copy = fork(second.messageId);
    expect(getConversation(reader, id)).toEqual(before);
    expect(reader.prepare('SELECT * FROM run').all()).toEqual(ledger);
    expect(spendingBetween(reader, '2024-10-21', '2024-10-21', false)).toEqual(spent);
    expect(getConversation(reader, copy).total).toEqual({
      known: 0n,
      estimated: 0n,
      unknown: 0,
      running: 0,
      runs: 0,
    });
  });

  it('leaves out an answer that is still on its way', () => {
    const { writer, reader, id, fork } = talk();
    const running = beginRun(writer, nextMessage(id, 'And at night?'), runHead(connect(writer)));
    const { messages } = getConversation(reader, fork(running.messageId));
    expect(messages.map(({ parts }) => answerText(parts)).at(-1)).toBe('And at night?');
  });

  it('is found by its words, and goes without taking the images of the other along', () => {
    const { writer, reader, id, image, second, fork } = talk();
    const copy = fork(second.messageId);
    const found = () =>
      reader
        .prepare(
          `SELECT conversation_id FROM message_fts JOIN message ON message.id = message_fts.rowid
           WHERE message_fts MATCH 'scattering' ORDER BY conversation_id`,
        )
        .pluck()
        .all();
    expect(found()).toEqual([id, copy]);
    removeConversations(writer, [copy], NOON);
    expect(purgeConversations(writer, [copy])).toEqual([]);
    expect(found()).toEqual([id]);
    expect(getConversation(reader, id).messages[0]?.images).toEqual([image]);
  });

  it('is of a conversation and a message that are there', () => {
    const { writer, id, first, second, fork } = talk();
    const elsewhere = beginRun(writer, newConversation('Else?'), runHead(connect(writer)));
    expect(() => fork(elsewhere.messageId)).toThrow(NOT_FOUND);
    removeConversations(writer, [id], NOON);
    expect(() => fork(second.messageId)).toThrow(NOT_FOUND);
    expect(() => fork(first.messageId)).toThrow(NOT_FOUND);
  });
});
