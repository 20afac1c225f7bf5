import type { Model, Profile } from '../../../shared/contract/connection';
import { type ConnectionId, connectionId } from '../../../shared/ids';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';

/** A connection as it is stored; its key and whether it can be reached are known elsewhere. */
export interface StoredConnection {
  readonly id: ConnectionId;
  readonly name: string;
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly isDemo: boolean;
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly profile: Profile;
  readonly base_url: string;
  readonly is_demo: number;
}

const COLUMNS = 'id, name, profile, base_url, is_demo';

export function listConnections(db: ReadDb): StoredConnection[] {
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM connection WHERE deleted_at IS NULL ORDER BY position, id`,
  )
    .all()
    .map(fromRow);
}

/** Throws `not_found` when there is no such connection. */
export function getConnection(db: ReadDb, id: ConnectionId): StoredConnection {
  const row = statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM connection WHERE id = ? AND deleted_at IS NULL`,
  ).get(id);
  if (!row) throw new StoreError('not_found', `there is no connection ${id}`);
  return fromRow(row);
}

export function insertConnection(
  db: WriteDb,
  input: Omit<StoredConnection, 'id'> & { readonly at: number },
): ConnectionId {
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO connection (name, profile, base_url, is_demo, created_at) VALUES (?, ?, ?, ?, ?)',
  ).run(input.name, input.profile, input.baseUrl, input.isDemo ? 1 : 0, input.at);
  return connectionId.parse(Number(lastInsertRowid));
}

/** Takes a connection out of every list; runs and conversations that used it still name it. */
export function removeConnection(db: WriteDb, id: ConnectionId, at: number): void {
  statement(db, 'UPDATE connection SET deleted_at = ? WHERE id = ?').run(at, id);
}

interface ModelRow {
  readonly id: string;
  readonly provider: string | null;
  readonly type: string | null;
  readonly description: string | null;
  readonly context_tokens: number | null;
}

/** The models of the last list that was fetched, by name. */
export function listModels(db: ReadDb, id: ConnectionId): Model[] {
  return statement<ModelRow>(
    db,
    'SELECT id, provider, type, description, context_tokens FROM model WHERE connection_id = ? ORDER BY id',
  )
    .all(id)
    .map(({ context_tokens, ...row }) => ({ ...row, contextTokens: context_tokens }));
}

/** Replaces the list of a connection as a whole. */
export function saveModels(
  db: WriteDb,
  id: ConnectionId,
  models: readonly Model[],
  at: number,
): void {
  const insert = statement(
    db,
    `INSERT INTO model (connection_id, id, provider, type, description, context_tokens, fetched_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    statement(db, 'DELETE FROM model WHERE connection_id = ?').run(id);
    for (const { id: name, provider, type, description, contextTokens } of models) {
      insert.run(id, name, provider, type, description, contextTokens, at);
    }
  }).immediate();
}

function fromRow(row: Row): StoredConnection {
  return {
    id: connectionId.parse(row.id),
    name: row.name,
    profile: row.profile,
    baseUrl: row.base_url,
    isDemo: row.is_demo === 1,
  };
}
