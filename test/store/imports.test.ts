import { createHash } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConversations } from '../../electron/imports/import-work';
import { attachmentPath } from '../../electron/runs/attachments';
import type { ReadDb } from '../../electron/store/connection';
import { getAttachments, insertAttachment } from '../../electron/store/queries/attachments';
import { listConversations } from '../../electron/store/queries/conversation-list';
import {
  removeConversations,
  restoreConversations,
} from '../../electron/store/queries/conversations';
import { getDraft, saveDraft } from '../../electron/store/queries/drafts';
import {
  importsOnTheirWay,
  shortenUnseen,
  withdrawImport,
} from '../../electron/store/queries/import-withdrawal';
import {
  beginImport,
  finishImport,
  importMessages,
  leaveImport,
} from '../../electron/store/queries/imports';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { findConversations } from '../../electron/store/queries/search';
import type { StoreQuery } from '../../electron/store/queries/search-terms';
import { sumFaults } from '../../electron/store/queries/sum-faults';
import { draftText, readDraft } from '../../renderer/features/chat/kept-draft';
import { attachmentId, conversationId } from '../../shared/ids';
import { parseSearch } from '../../shared/search-query';
import { mountSmall, unmount } from '../e2e/small-disk';
import { filled, fresh, PIXEL } from '../fixtures/importable';
import { exportedFrom, importFileOf, readFileOf, saidIn, writeRead } from '../fixtures/importing';
import {
  beginRun,
  connect,
  NOON,
  newConversation,
  nextMessage,
  outcome,
  runHead,
  say,
} from '../fixtures/ledger';
import { ledgerRows, temporaryFolder } from '../fixtures/store';
import { countedAnew, sumRows } from '../fixtures/sums';

/** Everything that an import could have left. */
const everything = (db: ReadDb) => [
  ...ledgerRows(db),
  ...['part', 'conversation_tag', 'draft', 'usage_group', 'budget_day', 'shelf', 'attachment'].map(
    (table) => db.prepare(`SELECT * FROM ${table}`).all(),
  ),
  db.prepare("SELECT rowid FROM message_fts WHERE message_fts MATCH 'sky'").all(),
];

function wordsOf(text: string): StoreQuery {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.problem.reason);
  return { ...parsed.query, filters: [] };
}

const MESSAGES = JSON.stringify([
  { role: 'user', content: 'Why is the sky blue?' },
  { role: 'assistant', content: 'Because of scattering.' },
]);

describe('an import', () => {
  it('is seen by nobody before its end, and then as a whole', () => {
    const { writer, attachments } = filled();
    const text = exportedFrom(writer, attachments);
    const { writer: db, reader } = fresh();
    const shelves = () =>
      (['list', 'archive', 'trash'] as const).map(
        (place) => listConversations(reader, 0, 9, { place }).count,
      );
    const seen: unknown[] = [];
    writeRead(db, readFileOf(reader, text), 'skip', () => {
      seen.push([
        shelves(),
        exportedFrom(reader),
        reader.prepare('SELECT count(*) FROM run').pluck().get(),
        findConversations(reader, wordsOf('sky'), 0, 9).hits.length,
      ]);
    });
    expect(new Set(seen.slice(0, -1).map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify(seen[0])]),
    );
    expect(seen[0]).toMatchObject([[0, 0, 0], expect.anything(), 0, 0]);
    expect(shelves()).toEqual([2, 0, 0]);
    expect(findConversations(reader, wordsOf('scattering'), 0, 9).hits).toHaveLength(1);
  });

  it('that is broken off leaves nothing once what was on its way is deleted', () => {
    const { writer } = filled();
    const before = everything(writer);
    const text = exportedFrom(filled().writer).replaceAll(/"uid":"/g, '"uid":"x');
    const read = readFileOf(writer, text);
    const begun = beginImport(writer, read.staged, 'skip', NOON);
    importMessages(writer, begun, 1);
    expect(importsOnTheirWay(writer, 9)).toEqual([]);
    leaveImport(writer);
    expect(importsOnTheirWay(writer, 9)).toHaveLength(2);
    purgeConversations(writer, importsOnTheirWay(writer, 9));
    expect(everything(writer)).toEqual(before);
  });

  it('is deleted piece by piece, also within a long conversation, and never what is seen', () => {
    const { writer, first } = filled();
    const before = everything(writer);
    const long = Array.from({ length: 450 }, (_, at) => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: `The sky, number ${at}`,
    }));
    const lines = [MESSAGES, JSON.stringify(long), MESSAGES.replaceAll('sky', 'sea')];
    const { begun } = importFileOf(writer, lines.join('\n'));
    expect(withdrawImport(writer, begun)).toBe(3);
    const pieces: number[] = [];
    for (;;) {
      const ids = importsOnTheirWay(writer, 200);
      const [next] = ids;
      if (next === undefined) break;
      pieces.push(ids.length);
      for (let messages = 200; messages === 200 && ids.length === 1; ) {
        ({ messages } = shortenUnseen(writer, next, 200));
        pieces.push(-messages);
      }
      purgeConversations(writer, ids);
    }
    expect(pieces).toEqual([1, -2, 1, -200, -200, -50, 1, -2]);
    expect(shortenUnseen(writer, first.conversationId, 200).messages).toBe(0);
    expect(everything(writer)).toEqual(before);
    writer.exec("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)");
  });

  it('is taken back with what it cost, but for a conversation that has gone on', () => {
    const { writer, attachments } = filled();
    const text = exportedFrom(writer, attachments);
    const { writer: db, reader } = fresh();
    const connection = connect(db);
    const before = sumRows(reader);
    const { begun } = importFileOf(db, text);
    expect(withdrawImport(db, begun)).toBe(2);
    expect(sumFaults(reader)).toEqual({ days: 0, groups: 0, conversations: 0 });
    purgeConversations(db, importsOnTheirWay(db, 9));
    expect(sumRows(reader)).toEqual(before);
    expect(reader.prepare('SELECT count(*) FROM message').pluck().get()).toBe(0);

    const again = importFileOf(db, text);
    const [one] = reader.prepare('SELECT id FROM conversation ORDER BY id').pluck().all();
    const { runId } = beginRun(
      db,
      nextMessage(conversationId.parse(one), 'And at night?'),
      runHead(connection),
    );
    endRun(db, runId, outcome(), [say('Black.')]);
    expect(withdrawImport(db, again.begun)).toBe(1);
    expect(saidIn(reader)).toHaveLength(1);
    expect(sumRows(reader)).toEqual(sumRows(countedAnew(db)));
  });

  it('that was taken back, or broken off, is not known when it comes again before it is deleted', () => {
    const { writer, attachments } = filled();
    const text = exportedFrom(writer, attachments);
    const { writer: db, reader } = fresh();
    const broken = readFileOf(reader, text);
    beginImport(db, broken.staged, 'skip', NOON);
    leaveImport(db);
    const { begun, preview } = importFileOf(db, text);
    expect(preview.known).toBe(0);
    withdrawImport(db, begun);
    const again = importFileOf(db, text);
    expect(again.preview.known).toBe(0);
    purgeConversations(db, importsOnTheirWay(db, 99));
    expect(exportedFrom(reader)).toBe(exportedFrom(writer));
    expect(sumRows(reader)).toEqual(sumRows(countedAnew(db)));
  });

  it('keeps its images when the same ones are deleted for good while it is written', () => {
    const { writer, attachments } = filled();
    const text = exportedFrom(writer, attachments);
    const { writer: db, reader } = fresh();
    const first = importFileOf(db, text);
    withdrawImport(db, first.begun);
    const { staged } = readFileOf(reader, text, first.attachments);
    const begun = beginImport(db, staged, 'skip', NOON);
    expect(purgeConversations(db, importsOnTheirWay(db, 99))).toEqual([]);
    for (let from: number | null = 1; from !== null; ) from = importMessages(db, begun, from);
    finishImport(db, begun, NOON);
    expect(exportedFrom(reader, first.attachments)).toBe(text);
  });

  it('brings of the images of a draft those that are here, and no other by the number of one', () => {
    const { writer, attachments, first } = filled();
    const image = (digit: string) =>
      ({
        sha256: digit.repeat(64),
        name: digit,
        mediaType: 'image/png',
        bytes: 1,
        at: NOON,
      }) as const;
    const [said] = getAttachments(writer, [attachmentId.parse(1)]);
    const unsent = insertAttachment(writer, image('b'));
    if (!said) throw new Error('the image is not there');
    const words = { text: 'And these?', files: [] };
    const draft = { ...words, images: [said, unsent], queue: [{ ...words, images: [unsent] }] };
    saveDraft(writer, first.conversationId, draftText(draft), NOON);
    const text = exportedFrom(writer, attachments);
    const { writer: db, reader } = fresh();
    const others = ['c', 'd'].map((digit) => insertAttachment(db, image(digit)));
    importFileOf(db, text);
    const ids = reader.prepare('SELECT conversation_id FROM draft').pluck().all();
    const brought = readDraft(getDraft(reader, conversationId.parse(ids[0])));
    expect(brought).toEqual({
      ...words,
      images: [{ ...said, id: others.length + 1 }],
      queue: [{ ...words, images: [] }],
    });
    expect(getAttachments(reader, [attachmentId.parse(others.length + 1)])).toEqual(brought.images);
  });

  it('that is taken back takes along what was deleted of it, whose undo comes too late', () => {
    const { writer, attachments } = filled();
    const { writer: db, reader } = fresh();
    const { begun } = importFileOf(db, exportedFrom(writer, attachments));
    const [one] = reader.prepare('SELECT id FROM conversation ORDER BY id').pluck().all();
    const ids = [conversationId.parse(one)];
    removeConversations(db, ids, NOON);
    expect(withdrawImport(db, begun)).toBe(2);
    expect(() => restoreConversations(db, ids)).toThrow('none of these');
    expect(listConversations(reader, 0, 9).items).toEqual([]);
    expect(importsOnTheirWay(db, 9)).toHaveLength(2);
  });

  it('of another program costs nothing, not even an unknown sum', () => {
    const { writer, reader } = fresh();
    importFileOf(writer, MESSAGES);
    expect(sumRows(reader)).toEqual([]);
    expect(reader.prepare('SELECT runs, unknown_runs FROM conversation').get()).toEqual({
      runs: 0,
      unknown_runs: 0,
    });
    expect(readFileOf(reader, MESSAGES).preview.known).toBe(1);
  });

  it('keeps an answer that arrives between its steps', () => {
    const { writer, reader } = fresh();
    const connection = connect(writer);
    let asked = 0;
    writeRead(writer, readFileOf(reader, MESSAGES), 'skip', () => {
      asked += 1;
      const { runId } = beginRun(writer, newConversation(`${asked}`), runHead(connection));
      endRun(writer, runId, outcome(), [say('Yes.')]);
    });
    expect(saidIn(reader)).toHaveLength(asked + 1);
    expect(sumRows(reader)).toEqual(sumRows(countedAnew(writer)));
    expect(reader.pragma('foreign_key_check')).toEqual([]);
  });

  it('that finds no room says so, and leaves nothing', ({ skip }) => {
    const { reader } = fresh();
    const folder = temporaryFolder();
    skip(!mountSmall(folder, 4), 'only root may mount a small disk');
    onTestFinished(() => unmount(folder));
    const path = join(temporaryFolder(), 'large.json');
    const content = 'The sky is blue. '.repeat(60_000);
    const list = Array.from({ length: 30 }, () => ({ role: 'user', content }));
    writeFileSync(path, JSON.stringify(list));
    const job = { path, staged: join(folder, 'staged.db'), attachments: folder, now: NOON };
    const read = () => readConversations(reader, job, () => undefined);
    expect(read).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes an image once and nothing that is none', () => {
    const { reader, writer } = fresh();
    const image = (data: string) => ({
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${data}` },
    });
    const read = readFileOf(
      reader,
      JSON.stringify([
        {
          role: 'user',
          content: [image(PIXEL), image(PIXEL), image('QUJD'), { type: 'text', text: 'See' }],
        },
      ]),
    );
    expect(read.preview).toMatchObject({
      images: 1,
      problems: [{ fault: 'bad_image', skipped: false }],
    });
    writeRead(writer, read);
    const sha256 = String(reader.prepare('SELECT sha256 FROM attachment').pluck().get());
    expect(readFileSync(attachmentPath(read.attachments, sha256)).toString('base64')).toBe(PIXEL);
  });

  it('that is given up leaves an image that was attached meanwhile, and one that is just found', () => {
    const { reader, writer } = fresh();
    const attachments = join(temporaryFolder(), 'attachments');
    const folder = temporaryFolder();
    const path = join(folder, 'conversations.json');
    const url = `data:image/png;base64,${PIXEL}`;
    const text = 'The sky is blue. '.repeat(100_000);
    const content = [{ type: 'image_url', image_url: { url } }];
    const list = [content, text, text].map((said) => ({ role: 'user', content: said }));
    writeFileSync(path, JSON.stringify(list));
    const sha256 = createHash('sha256').update(Buffer.from(PIXEL, 'base64')).digest('hex');
    const file = attachmentPath(attachments, sha256);
    const job = { path, staged: join(folder, 'staged.db'), attachments, now: NOON };
    const cancelled = (attached: boolean) => () => {
      if (!existsSync(file)) return;
      const image = {
        sha256,
        name: 'sky.png',
        mediaType: 'image/png',
        bytes: 1,
        at: NOON,
      } as const;
      if (attached) insertAttachment(writer, image);
      throw new Error('cancelled');
    };
    expect(() => readConversations(reader, job, cancelled(false))).toThrow('cancelled');
    expect(existsSync(file)).toBe(false);
    expect(() => readConversations(reader, job, cancelled(true))).toThrow('cancelled');
    expect(existsSync(file)).toBe(true);
    // Nothing may have named it for long: the files that nothing uses are just looked for.
    utimesSync(file, 1, 1);
    readConversations(reader, job, () => undefined);
    expect(statSync(file).mtimeMs).toBeGreaterThan(1_000);
  });
});
