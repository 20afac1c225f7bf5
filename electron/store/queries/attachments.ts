import { type Attachment, imageType } from '../../../shared/contract/attachment';
import { type AttachmentId, attachmentId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';

interface Row {
  readonly id: number;
  readonly sha256: string;
  readonly name: string;
  readonly media_type: string;
  readonly bytes: number;
}

const COLUMNS = 'attachment.id, sha256, attachment.name, media_type, bytes';

/** Enters a file whose bytes are kept elsewhere. One that is there already keeps its id and name. */
export function insertAttachment(
  db: WriteDb,
  { at, ...input }: Omit<Attachment, 'id'> & { readonly at: number },
): Attachment {
  const row = statement<{ id: number; name: string }>(
    db,
    `INSERT INTO attachment (sha256, name, media_type, bytes, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET media_type = excluded.media_type, bytes = excluded.bytes
     RETURNING id, name`,
  ).get(input.sha256, input.name, input.mediaType, input.bytes, at);
  if (!row) throw new StoreError('logic', 'an attachment was not entered');
  return { ...input, id: attachmentId.parse(row.id), name: row.name };
}

/** The attachments of these ids, in their order; those that are not there are left out. */
export function getAttachments(db: ReadDb, ids: readonly AttachmentId[]): Attachment[] {
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM json_each(?) AS wanted JOIN attachment ON attachment.id = wanted.value
     ORDER BY wanted.key`,
  )
    .all(JSON.stringify(ids))
    .flatMap(fromRow);
}

/** Those of some files, by their hashes, that the store names. */
export function namedFiles(db: ReadDb, hashes: readonly string[]): string[] {
  return statement<{ sha256: string }>(
    db,
    'SELECT sha256 FROM attachment WHERE sha256 IN (SELECT value FROM json_each(?))',
  )
    .all(JSON.stringify(hashes))
    .map(({ sha256 }) => sha256);
}

/** The images of some messages, in the order of each message. */
export function imagesOf(
  db: ReadDb,
  messageIds: readonly number[],
): { readonly messageId: number; readonly image: Attachment }[] {
  return statement<Row & { readonly message_id: number }>(
    db,
    `SELECT part.message_id, ${COLUMNS}
     FROM part JOIN attachment ON attachment.id = part.attachment_id
     WHERE part.message_id IN (SELECT value FROM json_each(?)) AND part.kind = 'image'
     ORDER BY part.message_id, part.position`,
  )
    .all(JSON.stringify(messageIds))
    .flatMap((row) => fromRow(row).map((image) => ({ messageId: row.message_id, image })));
}

/** A type that only a later version knows can be neither shown nor sent by this one. */
function fromRow({ media_type, ...row }: Row): Attachment[] {
  const mediaType = imageType.safeParse(media_type);
  if (!mediaType.success) return [];
  const { id, sha256, name, bytes } = row;
  return [{ id: attachmentId.parse(id), sha256, name, mediaType: mediaType.data, bytes }];
}
