import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attachmentPath } from '../../electron/runs/attachments';
import type { ReadDb } from '../../electron/store/connection';
import { insertAttachment } from '../../electron/store/queries/attachments';
import { removeConversations } from '../../electron/store/queries/conversations';
import { endRun } from '../../electron/store/queries/run-life';
import { tagConversations } from '../../electron/store/queries/tags';
import { writeTranscripts } from '../../electron/transcripts/transcript-writing';
import { type TranscriptOrder, USUAL_TRANSCRIPT } from '../../shared/contract/transcript';
import { conversationFile } from '../../shared/conversation-file';
import fc from '../fixtures/fast-check';
import {
  anotherAnswer,
  type BegunRun,
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';

function written(db: ReadDb, more: Partial<TranscriptOrder> = {}, attachments = '/nowhere') {
  let text = '';
  const order = { ...USUAL_TRANSCRIPT, ids: null, name: 'All', ...more };
  const result = writeTranscripts(
    db,
    order,
    { attachments, timeZone: 'Europe/Berlin' },
    {
      take: (piece) => {
        text += piece;
      },
      reached: () => undefined,
    },
  );
  return { text, ...result };
}

const asJson = (db: ReadDb, attachments?: string) =>
  conversationFile.parse(JSON.parse(written(db, { format: 'json' }, attachments).text));

/** A question, two answers to it, and the question put otherwise. */
function branched() {
  const { writer } = connections();
  const connection = connect(writer);
  const answer = (target: Parameters<typeof beginRun>[1], text: string) => {
    const begun = beginRun(writer, target, runHead(connection));
    endRun(writer, begun.runId, outcome(), [
      [{ kind: 'reasoning', text: 'Let me think.', name: null }, ...say(text)],
    ]);
    return begun;
  };
  const first = answer(newConversation('Why is the sky *blue*?'), 'Because of **scattering**.');
  const second = answer(anotherAnswer(first.conversationId, first.messageId), 'It is not.');
  return { writer, connection, answer, first, second };
}

describe('conversations as JSON', () => {
  it('have every version, every request, and nothing of another shape than the schema says', () => {
    const { writer, answer, first } = branched();
    answer(nextMessage(first.conversationId, 'And at night?'), 'Then it is black.');
    tagConversations(writer, [first.conversationId], ['sky', 'Light'], []);
    const { conversations } = asJson(writer);
    expect(conversations).toHaveLength(1);
    const [conversation] = conversations;
    expect(conversation).toMatchObject({
      title: 'Why is the sky *blue*?',
      tags: ['Light', 'sky'],
      connection: 'APIpie',
      leaf: 5,
    });
    expect(conversation?.messages.map(({ id, parent, role }) => [id, parent, role])).toEqual([
      [1, null, 'user'],
      [2, 1, 'assistant'],
      [3, 1, 'assistant'],
      [4, 3, 'user'],
      [5, 4, 'assistant'],
    ]);
    expect(conversation?.runs.map(({ message, costNanoUsd }) => [message, costNanoUsd])).toEqual([
      [2, '1878000'],
      [3, '1878000'],
      [5, '1878000'],
    ]);
  });

  it('are the same text each time, whatever is said in them', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            text: fc.string({ unit: 'grapheme', minLength: 1 }),
            how: fc.constantFrom('next', 'again'),
          }),
          { minLength: 1, maxLength: 8 },
        ),
        (said) => {
          const { writer } = connections();
          const connection = connect(writer);
          let last: BegunRun | null = null;
          for (const { text, how } of said) {
            const target =
              last === null
                ? newConversation(text)
                : how === 'next'
                  ? nextMessage(last.conversationId, text)
                  : anotherAnswer(last.conversationId, last.messageId);
            const begun = beginRun(writer, target, runHead(connection));
            endRun(writer, begun.runId, outcome(), [say(text)]);
            last = begun;
          }
          const { text, messages } = written(writer, { format: 'json' });
          const { conversations } = conversationFile.parse(JSON.parse(text));
          expect(conversations.flatMap((one) => one.messages)).toHaveLength(messages);
          expect(
            conversations
              .flatMap((one) => one.messages)
              .filter(({ role }) => role === 'assistant')
              .map(({ parts }) => parts[0]?.text),
          ).toEqual(said.map(({ text: wanted }) => wanted));
          expect(written(writer, { format: 'json' }).text).toBe(text);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('carry their images, and say where one is gone', () => {
    const { writer } = connections();
    const folder = temporaryFolder();
    const connection = connect(writer);
    const images = ['a', 'b'].map((name) => {
      const sha256 = name.repeat(64);
      const { id } = insertAttachment(writer, {
        sha256,
        name: `${name}.png`,
        mediaType: 'image/png',
        bytes: 4,
        at: NOON,
      });
      return { id, sha256 };
    });
    const [kept] = images;
    if (!kept) throw new Error('two images were entered');
    const file = attachmentPath(folder, kept.sha256);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, Buffer.from([1, 2, 3, 4]));
    beginRun(
      writer,
      newConversation('What is this?', { images: images.map(({ id }) => id) }),
      runHead(connection),
    );
    const [conversation] = asJson(writer, folder).conversations;
    const found = conversation?.messages[0]?.parts.flatMap(({ image }) => image ?? []);
    expect(found?.map(({ name, data }) => [name, data])).toEqual([
      ['a.png', 'AQIDBA=='],
      ['b.png', null],
    ]);
    expect(written(writer, { format: 'json' }, folder).missing).toBe(1);
  });
});

describe('conversations as Markdown', () => {
  it('have the branch that is shown, with receipts, and all versions on request', () => {
    const { writer } = branched();
    const { text } = written(writer);
    expect(text).toBe(`# Why is the sky *blue*?

## You (2024-10-21 20:32)

Why is the sky *blue*?

## openai/gpt-4o (2024-10-21 20:32)

It is not.

*$0.001878000, 13 tokens in, 100 out, by openrouter, 2.8 s*
`);
    const all = written(writer, { versions: true, reasoning: true, receipts: false }).text;
    expect(all).toContain('Because of **scattering**.');
    expect(all).toContain('(2024-10-21 20:32, version 2)');
    expect(all).toContain('\n> Let me think.\n');
    expect(all).not.toContain('$0.00');
  });

  it('never call a cost that nobody knows free', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const { runId } = beginRun(writer, newConversation('Why?'), runHead(connection));
    endRun(writer, runId, outcome({ state: 'incomplete', cost: null, costSource: 'unknown' }), [
      say('Because'),
    ]);
    expect(written(writer).text).toContain('*cost unknown, ');
  });
});

describe('which conversations are written', () => {
  it('is all but the trash, or those that were named', () => {
    const { writer, answer, first } = branched();
    const other = answer(newConversation('The sea'), 'It is salty.');
    expect(written(writer).conversations).toBe(2);
    removeConversations(writer, [first.conversationId], NOON);
    expect(written(writer).text).not.toContain('sky');
    expect(written(writer, { ids: [first.conversationId] }).text).toContain('sky');
    expect(written(writer, { ids: [other.conversationId] }).conversations).toBe(1);
  });
});
