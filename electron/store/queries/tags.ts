import type { ConversationId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { statement } from '../statement';
import { countTags } from './usage';
import { UsageChange } from './usage-sums';

/** What two spellings of one tag have in common. */
export function tagKey(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** Every tag of a conversation outside the trash, with how many of these have it, by name. */
export function listTags(db: ReadDb): { name: string; count: number }[] {
  return statement<{ name: string; count: number }>(
    db,
    `SELECT max(conversation_tag.name) AS name, count(*) AS count
     FROM conversation_tag JOIN conversation ON conversation.id = conversation_id
     WHERE deleted_at IS NULL GROUP BY key ORDER BY key`,
  ).all();
}

/** The tags of some conversations, by name. */
export function tagsOf(db: ReadDb, ids: readonly number[]): Map<number, string[]> {
  const rows = statement<{ conversation_id: number; name: string }>(
    db,
    `SELECT conversation_id, name FROM conversation_tag
     WHERE conversation_id IN (SELECT value FROM json_each(?)) ORDER BY conversation_id, key`,
  ).all(JSON.stringify(ids));
  const tags = new Map<number, string[]>();
  for (const { conversation_id, name } of rows) {
    const known = tags.get(conversation_id);
    if (known) known.push(name);
    else tags.set(conversation_id, [name]);
  }
  return tags;
}

/**
 * Puts tags on conversations and takes others off. A tag that is in use keeps its spelling. Those of the
 * conversations that are not there are left out.
 */
export function tagConversations(
  db: WriteDb,
  ids: readonly ConversationId[],
  add: readonly string[],
  remove: readonly string[],
): void {
  const wanted = JSON.stringify(ids);
  const put = statement(
    db,
    `INSERT INTO conversation_tag (conversation_id, key, name)
     SELECT id, ?, coalesce((SELECT name FROM conversation_tag WHERE key = ? LIMIT 1), ?)
     FROM conversation WHERE id IN (SELECT value FROM json_each(?)) ON CONFLICT DO NOTHING`,
  );
  const take = statement(
    db,
    `DELETE FROM conversation_tag
     WHERE key = ? AND conversation_id IN (SELECT value FROM json_each(?))`,
  );
  db.transaction(() => {
    const change = new UsageChange();
    countTags(db, change, ids, -1);
    for (const name of remove) take.run(tagKey(name), wanted);
    for (const name of add) put.run(tagKey(name), tagKey(name), name, wanted);
    countTags(db, change, ids, 1);
    change.write(db);
  }).immediate();
}
