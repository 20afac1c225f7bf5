import { describe, expect, it } from 'vitest';
import type { ReadDb, WriteDb } from '../../electron/store/connection';
import { endRun } from '../../electron/store/queries/run-life';
import type { AnswerPart } from '../../shared/run-view';
import fc from '../fixtures/fast-check';
import { begin, connect, outcome, say } from '../fixtures/ledger';
import { connections } from '../fixtures/store';

function found(db: ReadDb, query: string): unknown[] {
  return db.prepare('SELECT rowid FROM message_fts WHERE message_fts MATCH ?').pluck().all(query);
}

/** Compares the index with the texts it was made of; throws where they differ. */
function checkIndex(db: WriteDb): void {
  db.prepare("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)").run();
}

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
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const kind = fc.constantFrom<AnswerPart['kind']>('text', 'reasoning', 'refusal', 'tool');
    const part = fc.record({ kind, text, name: fc.constant(null) });
    fc.assert(
      fc.property(
        text,
        fc.array(fc.array(part, { maxLength: 4 }), { maxLength: 3 }),
        (asked, answers) => {
          const run = begin(writer, connection, asked);
          endRun(writer, run.runId, outcome(), answers);
          checkIndex(writer);
        },
      ),
    );
  });
});
