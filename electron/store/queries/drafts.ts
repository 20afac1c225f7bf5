import { attachment } from '../../../shared/contract/attachment';
import { DRAFT_MARK } from '../../../shared/draft-mark';
import type { ConversationId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';

/** Stands for the conversation that has not begun. */
const NOT_BEGUN = 0;

const REST = `substr(draft.text, ${DRAFT_MARK.length + 1})`;

/** Selects the ids of all attachments that stand unsent in composers, in messages that wait as well. */
export function unsentImages(drafts: 'draft' | 'gone.draft'): string {
  return `SELECT found.value FROM ${drafts} AS draft,
      json_tree(iif(json_valid(${REST}), ${REST}, 'null')) AS found
    WHERE substr(draft.text, 1, ${DRAFT_MARK.length}) = '${DRAFT_MARK}'
      AND found.key = 'id' AND found.type = 'integer'`;
}

export function getDraft(db: ReadDb, id: ConversationId | null): string {
  const row = statement<{ text: string }>(
    db,
    'SELECT text FROM draft WHERE conversation_id = ?',
  ).get(id ?? NOT_BEGUN);
  return row?.text ?? '';
}

/** Keeps what stands in a composer; an empty one is forgotten. */
export function saveDraft(db: WriteDb, id: ConversationId | null, text: string, at: number): void {
  if (text === '') {
    statement(db, 'DELETE FROM draft WHERE conversation_id = ?').run(id ?? NOT_BEGUN);
    return;
  }
  statement(
    db,
    `INSERT INTO draft (conversation_id, text, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (conversation_id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at`,
  ).run(id ?? NOT_BEGUN, text, at);
}

/**
 * The draft of another store as one of this one: of its images only those that are here as well, under the ids that
 * they have here. By its own id another image would be sent.
 */
export function withOwnImages(db: ReadDb, text: string): string {
  if (!text.startsWith(DRAFT_MARK)) return text;
  try {
    const draft: unknown = JSON.parse(text.slice(DRAFT_MARK.length), (key, value: unknown) =>
      key === 'images' && Array.isArray(value) ? value.flatMap((one) => ownImage(db, one)) : value,
    );
    return DRAFT_MARK + JSON.stringify(draft);
  } catch {
    return text;
  }
}

function ownImage(db: ReadDb, value: unknown): object[] {
  const { data: image } = attachment.safeParse(value);
  const own = statement<{ id: number }>(db, 'SELECT id FROM main.attachment WHERE sha256 = ?');
  const found = image && own.get(image.sha256);
  return found ? [{ ...image, id: found.id }] : [];
}
