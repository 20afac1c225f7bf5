import type { ChatSettings } from '../../../shared/chat-settings';
import type { PresetContent } from '../../../shared/contract/preset';
import type { Sent } from '../../../shared/contract/run';
import type { ConnectionId, ConversationId, PresetId } from '../../../shared/ids';
import type { AnswerPart } from '../../../shared/run-view';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { insertPresetsApart } from './presets';
import { beginRuns, endRun, nextAttempt, type RunTarget } from './run-life';
import type { RunHead, RunOutcome } from './runs';
import { tagConversations } from './tags';

/** A request of a sample conversation, from its row to its receipt. */
export interface SampleRun {
  readonly head: Omit<RunHead, 'connectionId' | 'presetId' | 'isDemo'>;
  /** How the request before it was turned away; null where there was none. */
  readonly refused: RunOutcome | null;
  readonly outcome: RunOutcome;
  readonly parts: readonly AnswerPart[];
}

export interface SampleTurn {
  readonly kind: 'next' | 'again' | 'edited';
  readonly text: string;
  readonly settings: ChatSettings;
  readonly runs: readonly SampleRun[];
}

export interface SampleConversation {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly turns: readonly SampleTurn[];
  readonly place: 'pinned' | 'list' | 'archive' | 'trash';
}

export interface Samples {
  readonly presets: readonly { readonly name: string; readonly content: PresetContent }[];
  readonly conversations: readonly SampleConversation[];
  /** When they were brought, in ms since 1970. */
  readonly at: number;
}

interface MadePreset {
  readonly id: PresetId;
  /** Another one may have had the name already. */
  readonly name: string;
}

/** The presets of the samples as they were made, so that those that stayed so can go with them. */
export const SAMPLE_PRESETS_KEY = 'demo.presets';

/**
 * Brings sample conversations and what they cost under the demo's connection, all in one transaction and
 * by the same steps as real ones, so that every total holds. Changes nothing and returns false when the
 * ledger has samples already.
 */
export function insertSamples(db: WriteDb, connection: ConnectionId, samples: Samples): boolean {
  return db
    .transaction(() => {
      const [first] = samples.conversations;
      if (!first || hasSamples(db)) return false;
      const presets = insertSamplePresets(db, samples);
      for (const conversation of samples.conversations) {
        insertSample(db, connection, presets, conversation, samples.at);
      }
      return true;
    })
    .immediate();
}

/** What the uid of every run of a sample begins with. */
export const SAMPLE_UID = 'sample-';

/** Whether the ledger has samples. */
export function hasSamples(db: ReadDb): boolean {
  const found = statement(db, 'SELECT 1 FROM run WHERE uid BETWEEN ? AND ? LIMIT 1').get(
    SAMPLE_UID,
    `${SAMPLE_UID}~`,
  );
  return found !== undefined;
}

function insertSamplePresets(db: WriteDb, { presets, at }: Samples): Map<string, MadePreset> {
  const ids = insertPresetsApart(db, presets, at);
  const stored = statement<{ name: string; content: string }>(
    db,
    'SELECT name, content FROM preset WHERE id = ?',
  );
  const made = ids.flatMap((id, index) => {
    const row = stored.get(id);
    return row ? [{ id, ...row, wanted: presets[index]?.name ?? row.name }] : [];
  });
  statement(
    db,
    `INSERT INTO setting (key, value) VALUES (?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  ).run(
    SAMPLE_PRESETS_KEY,
    JSON.stringify(made.map(({ id, name, content }) => ({ id, name, content }))),
  );
  return new Map(made.map(({ id, name, wanted }) => [wanted, { id, name }]));
}

function insertSample(
  db: WriteDb,
  connectionId: ConnectionId,
  presets: ReadonlyMap<string, MadePreset>,
  { uid, title, tags, turns, place }: SampleConversation,
  at: number,
): void {
  let last: Sent | null = null;
  for (const turn of turns) {
    const heads = turn.runs.map(({ head }): RunHead => {
      const preset = presets.get(head.presetName ?? '');
      const { id = null, name = null } = preset ?? {};
      return { ...head, connectionId, presetId: id, presetName: name, isDemo: true };
    });
    const sent = beginRuns(db, targetOf(turn, last, { uid, title }), heads);
    for (const [index, { runId }] of sent.runs.entries()) {
      const run = turn.runs[index];
      const head = heads[index];
      if (!run || !head) continue;
      const ended =
        run.refused === null
          ? runId
          : nextAttempt(db, runId, run.refused, { ...head, uid: `${head.uid}-2` });
      endRun(db, ended, run.outcome, [run.parts]);
    }
    last = sent;
  }
  if (last === null) return;
  const id = last.conversationId;
  if (tags.length > 0) tagConversations(db, [id], tags, []);
  putIn(db, id, place, at);
}

function targetOf(
  { kind, text, settings }: SampleTurn,
  last: Sent | null,
  { uid, title }: { uid: string; title: string },
): RunTarget {
  const message = { text, images: [], settings };
  if (last === null) {
    return { kind: 'new_conversation', conversationUid: uid, title, opening: [], ...message };
  }
  const { conversationId, questionId, runs } = last;
  switch (kind) {
    case 'next':
      return { kind: 'next_message', conversationId, ...message };
    case 'edited':
      return { kind: 'edited_message', conversationId, messageId: questionId, ...message };
    case 'again': {
      const messageId = runs[0]?.messageId;
      if (messageId === undefined) throw new StoreError('logic', 'there is no answer to repeat');
      return { kind: 'another_answer', conversationId, messageId, settings };
    }
  }
}

/** Where it stands in the lists; all of it was read. */
function putIn(
  db: WriteDb,
  id: ConversationId,
  place: SampleConversation['place'],
  at: number,
): void {
  statement(
    db,
    `UPDATE conversation SET unread = 0, pinned_at = iif(? = 'pinned', ?, NULL),
       archived_at = iif(? = 'archive', ?, NULL), deleted_at = iif(? = 'trash', ?, NULL)
     WHERE id = ?`,
  ).run(place, at, place, at, place, at, id);
}
