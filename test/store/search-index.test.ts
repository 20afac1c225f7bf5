import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../electron/backups/backup-work';
import { openWriter, type ReadDb, type WriteDb } from '../../electron/store/connection';
import {
  removeConversations,
  renameConversation,
} from '../../electron/store/queries/conversations';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import type { AnswerPart } from '../../shared/run-view';
import fc from '../fixtures/fast-check';
import { begin, connect, NOON, outcome, say } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

function found(db: ReadDb, query: string): unknown[] {
  return db.prepare('SELECT rowid FROM message_fts WHERE message_fts MATCH ?').pluck().all(query);
}

/** Compares the indexes with the texts they were made of; throws where they differ. */
function checkIndex(db: WriteDb): void {
  for (const index of ['message_fts', 'conversation_fts']) {
    db.prepare(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`).run();
  }
}

/** Letters of any kind, and many of those that are words by themselves. */
const letters = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'大模型がｶ한ー、 aé1'), maxLength: 40 }),
);

describe('the search index', () => {
  it('has the question at once and the answer at its end', () => {
    const { writer, reader } = connections();
    const run = begin(writer, connect(writer), 'Why is the sky blue?');
    expect(found(reader, 'sky')).toEqual([run.questionId]);
    endRun(writer, run.runId, outcome(), [say('Rayleigh scatters the sky'), say('Or the sea')]);
    expect(found(reader, 'sky')).toEqual([run.questionId, run.messageId]);
    expect(found(reader, 'sea')).toHaveLength(1);
    expect(found(reader, 'ray*')).toEqual([run.messageId]);
    checkIndex(writer);
  });

  it('does not care about accents and case', () => {
    const { writer, reader } = connections();
    const run = begin(writer, connect(writer), 'Grüße aus ÉVIAN');
    expect(found(reader, 'grusse OR gruße OR evian')).toEqual([run.questionId]);
  });

  it('has what was said and refused, not what was thought', () => {
    const { writer, reader } = connections();
    const run = begin(writer, connect(writer), 'x');
    const parts: AnswerPart[] = [
      { kind: 'reasoning', text: 'secretly', name: null },
      { kind: 'tool', text: '{"tooling":1}', name: 'weather' },
      { kind: 'refusal', text: 'never', name: null },
    ];
    endRun(writer, run.runId, outcome(), [parts]);
    expect(found(reader, 'never')).toEqual([run.messageId]);
    expect(found(reader, 'secretly OR tooling OR weather')).toEqual([]);
    checkIndex(writer);
  });

  it('agrees with the texts, whatever they hold', () => {
    const { writer } = connections();
    const connection = connect(writer);
    const kind = fc.constantFrom<AnswerPart['kind']>('text', 'reasoning', 'refusal', 'tool');
    const part = fc.record({ kind, text: letters, name: fc.constant(null) });
    fc.assert(
      fc.property(
        letters,
        fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 3 }),
        (asked, answers) => {
          const run = begin(writer, connection, asked);
          endRun(writer, run.runId, outcome(), answers);
          checkIndex(writer);
        },
      ),
    );
  });

  it('has each sign of a script without blanks for a word, and forgets it with its message', () => {
    const { writer, reader } = connections();
    const run = begin(writer, connect(writer), '大语言模型是什么？');
    endRun(writer, run.runId, outcome(), [say('GPT模型'), say('モデル、한국어')]);
    renameConversation(writer, run.conversationId, '关于大模型');
    const titled = () =>
      reader.prepare("SELECT rowid FROM conversation_fts WHERE conversation_fts MATCH '模'").all();
    expect(found(reader, '"模 型"')).toEqual([run.questionId, run.messageId]);
    expect(found(reader, '"言 模" OR "국 어"')).toEqual([run.questionId, run.messageId + 1]);
    expect(titled()).toHaveLength(1);
    checkIndex(writer);
    renameConversation(writer, run.conversationId, '别的');
    expect(titled()).toEqual([]);
    removeConversations(writer, [run.conversationId], NOON);
    purgeConversations(writer, [run.conversationId]);
    expect(found(reader, '模 OR gpt')).toEqual([]);
    checkIndex(writer);
  });

  it('is in a copy of the store, where the same is found', () => {
    const { writer, path } = connections();
    begin(writer, connect(writer), '大语言模型');
    makeBackup(path, `${path}.copy`);
    const copy = openWriter(`${path}.copy`);
    expect(found(copy, '"语 言"')).toHaveLength(1);
    checkIndex(copy);
    copy.close();
  });
});
