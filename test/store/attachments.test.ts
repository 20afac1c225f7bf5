import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Attachments, attachmentPath } from '../../electron/runs/attachments';
import type { WriteDb } from '../../electron/store/connection';
import { getAttachments, insertAttachment } from '../../electron/store/queries/attachments';
import { getConversation, removeConversations } from '../../electron/store/queries/conversations';
import { saveDraft } from '../../electron/store/queries/drafts';
import { unusedImages } from '../../electron/store/queries/import-withdrawal';
import { answersTo, branchTo } from '../../electron/store/queries/messages';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun } from '../../electron/store/queries/run-life';
import { draftText, type KeptMessage } from '../../renderer/features/chat/kept-draft';
import type { Attachment } from '../../shared/contract/attachment';
import { attachmentId, conversationId as conversationIds } from '../../shared/ids';
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
import { connections, openTestStore, temporaryFolder } from '../fixtures/store';

const missing = attachmentId.parse(999);

function attach(writer: WriteDb, digit: string, name = `${digit}.png`): Attachment {
  return insertAttachment(writer, {
    sha256: digit.repeat(64),
    name,
    mediaType: 'image/png',
    bytes: 1_000,
    at: NOON,
  });
}

describe('an attachment', () => {
  it('is entered once, however often it is attached', () => {
    const { writer, reader } = connections();
    const first = attach(writer, 'a', 'cat.png');
    expect(first).toEqual({
      id: first.id,
      sha256: 'a'.repeat(64),
      name: 'cat.png',
      mediaType: 'image/png',
      bytes: 1_000,
    });
    expect(attach(writer, 'a', 'the same cat.png')).toEqual(first);
    expect(attach(writer, 'b').id).not.toBe(first.id);
    expect(reader.prepare('SELECT count(*) FROM attachment').pluck().get()).toBe(2);
  });

  it('is found by its id, in the order asked for', () => {
    const { writer, reader } = connections();
    const [a, b] = [attach(writer, 'a'), attach(writer, 'b')];
    expect(getAttachments(reader, [b.id, missing, a.id])).toEqual([b, a]);
    expect(getAttachments(reader, [])).toEqual([]);
  });
});

describe('the file of an image', () => {
  const PIXEL =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

  /** A folder in which the file of that image cannot take its place. */
  function crowded(): { folder: string; around: string } {
    const folder = temporaryFolder();
    const sha256 = createHash('sha256').update(Buffer.from(PIXEL, 'base64')).digest('hex');
    const path = attachmentPath(folder, sha256);
    mkdirSync(path, { recursive: true });
    return { folder, around: dirname(path) };
  }

  it('leaves no half of it behind when it cannot be written', async () => {
    const { folder, around } = crowded();
    const attachments = new Attachments(folder, await openTestStore());
    await expect(attachments.addImage('pixel.png', PIXEL)).rejects.toThrow();
    expect(readdirSync(around)).toHaveLength(1);
  });

  it('that is attached again stays, when what had it before is deleted at the same moment', async () => {
    const folder = temporaryFolder();
    const store = await openTestStore();
    const attachments = new Attachments(folder, store);
    const before = await attachments.addImage('pixel.png', PIXEL);
    const hashes = await store.write.unusedImages([before.sha256]);
    const after = await attachments.addImage('pixel.png', PIXEL);
    expect(hashes).toEqual([after.sha256]);
    await attachments.remove(hashes);
    expect(await attachments.dataUri(after)).toContain(PIXEL);
    await store.write.unusedImages([after.sha256]);
    await attachments.remove(hashes);
    await expect(attachments.dataUri(after)).rejects.toThrow();
  });

  it('that nothing named for long stays, when it is attached while unused files are looked for', async () => {
    const folder = temporaryFolder();
    const attachments = new Attachments(folder, await openTestStore());
    const image = await attachments.addImage('pixel.png', PIXEL);
    utimesSync(attachmentPath(folder, image.sha256), 1, 1);
    const used = new Set<string>();
    await attachments.addImage('pixel.png', PIXEL);
    await attachments.removeUnused(used, Date.now());
    expect(await attachments.dataUri(image)).toContain(PIXEL);
  });

  it('that a crash left half written goes with those that nothing names', async () => {
    const { folder, around } = crowded();
    const attachments = new Attachments(folder, await openTestStore());
    const [hash = ''] = readdirSync(around);
    const left = [`${hash}.part`, `${hash}.${randomUUID()}.part`, 'notes.part'];
    for (const name of left) writeFileSync(join(around, name), '');
    await attachments.removeUnused(new Set([hash]), Date.now() + 1_000);
    expect(readdirSync(around)).toHaveLength(4);
    await attachments.removeUnused(new Set([hash]), Date.now() + 25 * 3_600_000);
    expect(readdirSync(around).toSorted()).toEqual([hash, 'notes.part']);
  });
});

describe('the images of a message', () => {
  it('follow its words in their order', () => {
    const { writer, reader } = connections();
    const [a, b] = [attach(writer, 'a'), attach(writer, 'b')];
    const head = runHead(connect(writer));
    const target = newConversation('Which is older?', { images: [b.id, a.id, b.id] });
    const { conversationId, questionId } = beginRun(writer, target, head);
    expect(getConversation(reader, conversationId).messages).toMatchObject([
      { id: questionId, parts: say('Which is older?'), images: [b, a, b] },
      { parts: [], images: [] },
    ]);
    expect(answersTo(reader, questionId)[0]?.images).toEqual([b, a, b]);
  });

  it('may come without words', () => {
    const { writer, reader } = connections();
    const { id } = attach(writer, 'a');
    const head = runHead(connect(writer));
    const first = beginRun(writer, newConversation('x'), head);
    const next = nextMessage(first.conversationId, '', { images: [id] });
    const { questionId } = beginRun(writer, next, { ...head, uid: 'next' });
    expect(branchTo(reader, questionId).at(-1)).toMatchObject({ parts: [], images: [{ id }] });
    writer
      .prepare("INSERT INTO message_fts (message_fts, rank) VALUES ('integrity-check', 1)")
      .run();
  });

  it('must all be there, or nothing is sent', () => {
    const { writer, reader } = connections();
    const { id } = attach(writer, 'a');
    const target = newConversation('x', { images: [id, missing] });
    expect(() => beginRun(writer, target, runHead(connect(writer)))).toThrow(
      expect.objectContaining({ kind: 'not_found' }),
    );
    for (const table of ['conversation', 'message', 'part', 'run']) {
      expect(reader.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    }
  });

  it('are left out where they are gone, or of a type that only a later version knows', () => {
    const { writer, reader } = connections();
    const images = ['a', 'b', 'c'].map((digit) => attach(writer, digit));
    const [a, b, c] = images;
    const target = newConversation('x', { images: images.map(({ id }) => id) });
    const { questionId } = beginRun(writer, target, runHead(connect(writer)));
    writer.pragma('foreign_keys = OFF');
    writer.prepare('DELETE FROM attachment WHERE id = ?').run(a?.id);
    writer.prepare("UPDATE attachment SET media_type = 'image/avif' WHERE id = ?").run(b?.id);
    expect(branchTo(reader, questionId)[0]?.images).toEqual([c]);
    expect(
      getAttachments(
        reader,
        images.map(({ id }) => id),
      ),
    ).toEqual([c]);
  });

  it('hold on to their file', () => {
    const { writer } = connections();
    const { id } = attach(writer, 'a');
    beginRun(writer, newConversation('x', { images: [id] }), runHead(connect(writer)));
    expect(() => writer.prepare('DELETE FROM attachment').run()).toThrow(/FOREIGN KEY/);
  });

  it('stay while they stand unsent in another composer, or in a message that waits there', () => {
    const { writer, reader } = connections();
    const [a, b, c] = [attach(writer, 'a'), attach(writer, 'b'), attach(writer, 'c')];
    const ids = [a.id, b.id, c.id];
    const target = newConversation('x', { images: ids });
    const { conversationId, runId } = beginRun(writer, target, runHead(connect(writer)));
    endRun(writer, runId, outcome(), [say('y')]);
    const unsent = (...images: Attachment[]): KeptMessage => ({ text: '', images, files: [] });
    const draft = draftText({ ...unsent(a), queue: [unsent(), unsent(b)] });
    saveDraft(writer, null, draft, NOON);
    saveDraft(writer, conversationId, draftText({ ...unsent(c), queue: [] }), NOON);
    saveDraft(writer, conversationIds.parse(99), `slice-draft:1\n{"id":${c.id}`, NOON);
    removeConversations(writer, [conversationId], NOON);
    expect(purgeConversations(writer, [conversationId])).toEqual([c.sha256]);
    expect(getAttachments(reader, ids)).toEqual([a, b]);
    expect(unusedImages(writer, [a.sha256, b.sha256])).toEqual([]);
    saveDraft(writer, null, '', NOON);
    expect(unusedImages(writer, [a.sha256, b.sha256])).toEqual([a.sha256, b.sha256]);
  });
});
