import {
  MAX_OPENING,
  MAX_PRESET_NAME,
  openingMessage,
  type Preset,
  type PresetContent,
  presetContent,
} from '../../../shared/contract/preset';
import { type PresetId, presetId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { fieldsOf, settingsIn, validElements } from './json-columns';

/** A preset without what was spent with it. */
export interface NamedPreset {
  readonly name: string;
  readonly content: PresetContent;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly content: string;
  readonly is_default: number;
}

interface SpentRow extends Row {
  readonly known: string;
  readonly estimated: string;
  readonly unknown: number;
  readonly running: number;
  readonly runs: number;
  readonly wasted: number;
}

/** Presets with what was spent with them since a time (ms); the demo's money is none. */
const SPENT = `SELECT preset.id, name, content, is_default,
    CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source <> 'estimated'), 0) AS TEXT) AS known,
    CAST(coalesce(sum(cost_nanousd) FILTER (WHERE cost_source = 'estimated'), 0) AS TEXT) AS estimated,
    count(*) FILTER (WHERE cost_source = 'unknown' AND state <> 'running') AS unknown,
    count(*) FILTER (WHERE state = 'running') AS running,
    count(state) AS runs,
    count(*) FILTER (WHERE state IN ('stopped', 'failed', 'incomplete')) AS wasted
  FROM preset LEFT JOIN run ON run.preset_id = preset.id AND started_at >= ? AND is_demo = 0`;

/** The presets in the user's order, with what was spent since a time (ms). */
export function listPresets(db: ReadDb, since: number): Preset[] {
  return statement<SpentRow>(
    db,
    `${SPENT} WHERE deleted_at IS NULL GROUP BY preset.id ORDER BY position, preset.id`,
  )
    .all(since)
    .map(fromRow);
}

/** Throws `not_found` when there is no such preset. */
export function getPreset(db: ReadDb, id: PresetId, since: number): Preset {
  const row = statement<SpentRow>(
    db,
    `${SPENT} WHERE preset.id = ? AND deleted_at IS NULL GROUP BY preset.id`,
  ).get(since, id);
  if (!row) throw notFound(id);
  return fromRow(row);
}

/** The name of a preset, also of one that was removed; null when there is none. */
export function presetName(db: ReadDb, id: PresetId): string | null {
  const row = statement<{ name: string }>(db, 'SELECT name FROM preset WHERE id = ?').get(id);
  return row?.name ?? null;
}

/** What a preset holds. Throws `not_found` when there is no such preset. */
export function presetContentOf(db: ReadDb, id: PresetId): PresetContent {
  const row = statement<Pick<Row, 'content'>>(
    db,
    'SELECT content FROM preset WHERE id = ? AND deleted_at IS NULL',
  ).get(id);
  if (!row) throw notFound(id);
  return contentIn(row.content);
}

/** Adds presets behind the others, all or none. */
export function insertPresets(
  db: WriteDb,
  presets: readonly NamedPreset[],
  at: number,
): PresetId[] {
  const insert = statement(
    db,
    `INSERT INTO preset (name, content, position, created_at)
     SELECT ?, ?, coalesce(max(position) + 1, 0), ? FROM preset WHERE deleted_at IS NULL`,
  );
  return db
    .transaction(() =>
      presets.map(({ name, content }) =>
        presetId.parse(Number(insert.run(name, JSON.stringify(content), at).lastInsertRowid)),
      ),
    )
    .immediate();
}

/** Adds presets under names that no other has: a second "Poet" becomes "Poet (2)". */
export function insertPresetsApart(
  db: WriteDb,
  presets: readonly NamedPreset[],
  at: number,
): PresetId[] {
  const taken = new Set(
    statement<{ name: string }>(db, 'SELECT name FROM preset WHERE deleted_at IS NULL')
      .all()
      .map(({ name }) => name),
  );
  const apart = presets.map(({ name, content }) => {
    const free = freeName(name, taken);
    taken.add(free);
    return { name: free, content };
  });
  return insertPresets(db, apart, at);
}

/** A copy right behind the one it is of. Throws `not_found` when there is no such preset. */
export function duplicatePreset(db: WriteDb, id: PresetId, at: number): PresetId {
  return db
    .transaction(() => {
      const name = presetName(db, id);
      const content = presetContentOf(db, id);
      const [copy] = insertPresetsApart(db, [{ name: name ?? '', content }], at);
      if (copy === undefined) throw new StoreError('logic', 'a preset was not copied');
      const order = statement<{ id: PresetId }>(
        db,
        'SELECT id FROM preset WHERE deleted_at IS NULL AND id <> ? ORDER BY position, id',
      )
        .all(copy)
        .map((row) => row.id);
      reorderPresets(db, order.toSpliced(order.indexOf(id) + 1, 0, copy));
      return copy;
    })
    .immediate();
}

/** Throws `not_found` when there is no such preset. */
export function changePreset(
  db: WriteDb,
  id: PresetId,
  { name, content }: Partial<NamedPreset>,
): void {
  changeOne(
    db,
    id,
    `UPDATE preset SET name = coalesce(?, name), content = coalesce(?, content)
     WHERE id = ? AND deleted_at IS NULL`,
    name ?? null,
    content ? JSON.stringify(content) : null,
  );
}

/** Takes a preset out of the list; runs that used it still name it. */
export function removePreset(db: WriteDb, id: PresetId, at: number): void {
  changeOne(db, id, 'UPDATE preset SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL', at);
}

/** Brings back one that was removed, where it was, and as the default if no other has become it. */
export function restorePreset(db: WriteDb, id: PresetId): void {
  changeOne(db, id, 'UPDATE preset SET deleted_at = NULL WHERE id = ?');
}

/** Puts presets in this order; those that are not named go behind them. */
export function reorderPresets(db: WriteDb, ids: readonly PresetId[]): void {
  statement(
    db,
    `UPDATE preset SET position = coalesce(
       (SELECT key FROM json_each(?) WHERE value = preset.id), ? + position)`,
  ).run(JSON.stringify(ids), ids.length);
}

/** Makes one the default, or none. Throws `not_found` when there is no such preset. */
export function setDefaultPreset(db: WriteDb, id: PresetId | null): void {
  db.transaction(() => {
    statement(db, 'UPDATE preset SET is_default = 0 WHERE is_default = 1').run();
    if (id === null) return;
    changeOne(db, id, 'UPDATE preset SET is_default = 1 WHERE id = ? AND deleted_at IS NULL');
  }).immediate();
}

function changeOne(db: WriteDb, id: PresetId, sql: string, ...values: unknown[]): void {
  const { changes } = statement(db, sql).run(...values, id);
  if (changes === 0) throw notFound(id);
}

function notFound(id: PresetId): StoreError {
  return new StoreError('not_found', `there is no preset ${id}`);
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/ \(\d{1,6}\)$/, '');
  let free = name;
  for (let number = 2; taken.has(free); number += 1) {
    const end = ` (${number})`;
    free = stem.slice(0, MAX_PRESET_NAME - end.length) + end;
  }
  return free;
}

function fromRow(row: SpentRow): Preset {
  const ended = row.runs - row.running;
  return {
    id: presetId.parse(row.id),
    name: row.name,
    content: contentIn(row.content),
    isDefault: row.is_default === 1,
    spent: {
      known: nano(BigInt(row.known)),
      estimated: nano(BigInt(row.estimated)),
      unknown: row.unknown,
      running: row.running,
      runs: row.runs,
    },
    wastedPermille: ended === 0 ? null : Math.round((row.wasted * 1000) / ended),
  };
}

/** A preset that is damaged in places is still a preset. */
function contentIn(source: string): PresetContent {
  const { connectionId, model, settings, opening } = fieldsOf(source);
  const { shape } = presetContent;
  return {
    connectionId: shape.connectionId.catch(null).parse(connectionId),
    model: shape.model.catch(null).parse(model),
    settings: settingsIn(settings),
    opening: validElements(opening, openingMessage).slice(0, MAX_OPENING),
  };
}
