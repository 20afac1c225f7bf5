import type {
  FiledHead,
  FiledMessage,
  FiledPart,
  FiledRun,
} from '../../../shared/conversation-file';
import type { ConversationId } from '../../../shared/ids';
import type { ReadDb } from '../connection';
import { statement } from '../statement';

/** A part as it is stored; the bytes of its image are in a file of their own. */
export interface StoredPart extends Pick<FiledPart, 'kind' | 'text' | 'name'> {
  readonly image: {
    readonly name: string;
    readonly mediaType: string;
    readonly sha256: string;
  } | null;
}

export interface StoredMessage extends Omit<FiledMessage, 'parts'> {
  readonly parts: readonly StoredPart[];
}

/** A whole conversation: its head, and what is read as it is taken. */
export interface Transcript {
  readonly head: FiledHead;
  /** How many messages there are. */
  readonly size: number;
  /** Every version, in the order of writing. */
  readonly messages: Iterable<StoredMessage>;
  readonly runs: Iterable<FiledRun>;
  /** The numbers of the messages of the branch that is shown, from the first on. */
  readonly shown: readonly number[];
}

/** These conversations, or all that are in no trash, the last used first. */
export function transcriptIds(db: ReadDb, ids: readonly ConversationId[] | null): number[] {
  const those = ids === null ? 'deleted_at IS NULL' : 'id IN (SELECT value FROM json_each(?))';
  return statement<{ id: number }>(
    db,
    `SELECT id FROM conversation WHERE ${those} ORDER BY updated_at DESC, id DESC`,
  )
    .all(...(ids === null ? [] : [JSON.stringify(ids)]))
    .map(({ id }) => id);
}

interface HeadRow extends Omit<FiledHead, 'demo' | 'tags' | 'leaf'> {
  readonly demo: number;
  readonly tags: string;
  readonly leaf_id: number | null;
}

interface MessageRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly role: FiledMessage['role'];
  readonly created_at: number;
  readonly run: string | null;
}

interface PartRow extends Pick<FiledPart, 'kind' | 'text' | 'name'> {
  readonly file_name: string | null;
  readonly media_type: string | null;
  readonly sha256: string | null;
}

/** All that a conversation is; null where it is gone. Nothing may be written by the same connection meanwhile. */
export function transcriptOf(db: ReadDb, id: number): Transcript | null {
  const row = statement<HeadRow>(
    db,
    `SELECT conversation.uid, title, title_source AS titleSource, conversation.created_at AS createdAt,
       updated_at AS updatedAt, pinned_at AS pinnedAt, archived_at AS archivedAt,
       conversation.deleted_at AS deletedAt, conversation.is_demo AS demo, connection.name AS connection,
       conversation.model, preset.name AS preset, conversation.settings, active_leaf_id AS leaf_id,
       coalesce((SELECT text FROM draft WHERE conversation_id = conversation.id), '') AS draft,
       (SELECT json_group_array(name ORDER BY name) FROM conversation_tag
         WHERE conversation_id = conversation.id) AS tags
     FROM conversation LEFT JOIN connection ON connection.id = connection_id
       LEFT JOIN preset ON preset.id = preset_id
     WHERE conversation.id = ?`,
  ).get(id);
  if (!row) return null;
  const rows = statement<MessageRow>(
    db,
    `SELECT message.id, parent_id, role, message.created_at, run.uid AS run
     FROM message LEFT JOIN run ON run.id = run_id
     WHERE message.conversation_id = ? AND message.deleted_at IS NULL ORDER BY message.id`,
  ).all(id);
  const numbers = new Map(rows.map((message, at) => [message.id, at + 1]));
  const numberOf = (message: number | null) =>
    message === null ? null : (numbers.get(message) ?? null);
  const { demo, tags, leaf_id: leaf, ...head } = row;
  return {
    head: { ...head, demo: demo === 1, tags: tagsIn(tags), leaf: numberOf(leaf) },
    size: rows.length,
    messages: storedMessages(db, rows, numberOf),
    runs: storedRuns(db, id, numberOf),
    shown: branch(rows, leaf).flatMap((message) => numberOf(message) ?? []),
  };
}

function tagsIn(json: string): string[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

function branch(rows: readonly MessageRow[], leaf: number | null): number[] {
  const parents = new Map(rows.map((row) => [row.id, row.parent_id]));
  const path: number[] = [];
  for (let at = leaf; at !== null && parents.has(at); at = parents.get(at) ?? null) path.push(at);
  return path.reverse();
}

function* storedMessages(
  db: ReadDb,
  rows: readonly MessageRow[],
  numberOf: (message: number | null) => number | null,
): Generator<StoredMessage> {
  const parts = statement<PartRow>(
    db,
    `SELECT kind, text, part.name, attachment.name AS file_name, media_type, sha256
     FROM part LEFT JOIN attachment ON attachment.id = attachment_id
     WHERE message_id = ? ORDER BY position`,
  );
  for (const { id, parent_id: parent, role, created_at: createdAt, run } of rows) {
    yield {
      id: numberOf(id) ?? 0,
      parent: numberOf(parent),
      role,
      createdAt,
      run,
      parts: parts.all(id).map(partOf),
    };
  }
}

function partOf({ kind, text, name, file_name, media_type, sha256 }: PartRow): StoredPart {
  const image =
    sha256 === null ? null : { name: file_name ?? '', mediaType: media_type ?? '', sha256 };
  return { kind, text, name, image };
}

interface RunFileRow extends Omit<FiledRun, 'message' | 'demo' | 'overBudget'> {
  readonly message_id: number | null;
  readonly demo: number;
  readonly overBudget: number;
}

function* storedRuns(
  db: ReadDb,
  conversation: number,
  numberOf: (message: number | null) => number | null,
): Generator<FiledRun> {
  const rows = statement<RunFileRow>(
    db,
    `SELECT uid, message_id, state, attempt, fan_out AS fanOut, connection_name AS connection, profile,
       base_url AS baseUrl, preset_name AS preset, is_demo AS demo, requested_model AS requestedModel,
       requested_provider AS requestedProvider, routing, parameters, extra, adaptations, answers, models,
       votes, over_budget AS overBudget, started_at AS startedAt, ended_at AS endedAt, day,
       completion_id AS completionId, served_model AS servedModel, served_provider AS servedProvider,
       finish_reason AS finishReason, error_code AS errorCode, error, http_status AS httpStatus,
       prompt_tokens AS promptTokens, completion_tokens AS completionTokens,
       total_tokens AS totalTokens, cached_tokens AS cachedTokens, reasoning_tokens AS reasoningTokens,
       prompt_characters AS promptCharacters, response_characters AS responseCharacters,
       sent_characters AS sentCharacters, received_characters AS receivedCharacters,
       CAST(cost_nanousd AS TEXT) AS costNanoUsd, cost_text AS costText, cost_source AS costSource,
       latency_ms AS latencyMs, first_token_ms AS firstTokenMs, total_ms AS totalMs,
       raw_usage AS rawUsage, estimate_tokens AS estimateTokens,
       CAST(estimate_low_nanousd AS TEXT) AS estimateLowNanoUsd,
       CAST(estimate_high_nanousd AS TEXT) AS estimateHighNanoUsd, estimate_basis AS estimateBasis
     FROM run WHERE conversation_id = ? ORDER BY id`,
  ).all(conversation);
  for (const { uid, message_id, state, demo, overBudget, ...run } of rows) {
    yield {
      uid,
      message: numberOf(message_id),
      state,
      ...run,
      demo: demo === 1,
      overBudget: overBudget === 1,
    };
  }
}
