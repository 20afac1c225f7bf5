import { z } from 'zod';
import {
  type ConnectionOptions,
  type Learned,
  learned as learnedSchema,
} from '../../../shared/contract/connection';
import {
  authScheme,
  DEFAULT_LIMITS,
  proxyChoice,
  type RequestLimits,
  requestLimits,
  roleRule,
} from '../../../shared/endpoint';
import { type ConnectionId, connectionId } from '../../../shared/ids';
import { type Profile, profile } from '../../../shared/profile';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { elementsOf, fieldsOf, jsonOf } from './json-columns';

/** A connection as it is stored; its key and whether it can be reached are known elsewhere. */
export interface StoredConnection extends ConnectionOptions {
  readonly id: ConnectionId;
  readonly name: string;
  readonly profile: Profile;
  readonly baseUrl: string;
  readonly isDemo: boolean;
  /** The names of the extra headers; their values are kept with the key. */
  readonly headerNames: string[];
  readonly learned: Learned[];
  /** When the list of models was last fetched, in ms since 1970; null for never. */
  readonly modelsAt: number | null;
}

/** A connection as it is made; options that are not given have their defaults. */
export type NewStoredConnection = Pick<
  StoredConnection,
  'name' | 'profile' | 'baseUrl' | 'isDemo'
> &
  Partial<ConnectionOptions> & { readonly at: number };

/** What can be changed of a connection; what is not given stays. */
export type StoredConnectionChange = Partial<
  Pick<StoredConnection, 'name' | 'profile' | 'baseUrl' | 'headerNames'> & ConnectionOptions
>;

/** The most that is remembered of one server's refusals. */
const MAX_LEARNED = 200;

interface Row {
  readonly id: number;
  readonly name: string;
  readonly profile: string;
  readonly base_url: string;
  readonly is_demo: number;
  readonly auth: string;
  readonly limits: string;
  readonly proxy: string;
  readonly ca_file: string | null;
  readonly roles: string;
  readonly header_names: string;
  readonly learned: string;
  readonly models_at: number | null;
}

const COLUMNS = `id, name, profile, base_url, is_demo, auth, limits, proxy, ca_file, roles,
  header_names, learned, models_at`;

export function listConnections(db: ReadDb): StoredConnection[] {
  return statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM connection WHERE deleted_at IS NULL ORDER BY position, id`,
  )
    .all()
    .map(fromRow);
}

/** Those that were taken out of every list. */
export function removedConnections(db: ReadDb): Pick<StoredConnection, 'id' | 'baseUrl'>[] {
  return statement<Pick<Row, 'id' | 'base_url'>>(
    db,
    'SELECT id, base_url FROM connection WHERE deleted_at IS NOT NULL ORDER BY id',
  )
    .all()
    .map((row) => ({ id: connectionId.parse(row.id), baseUrl: row.base_url }));
}

/** Throws `not_found` when there is no such connection. */
export function getConnection(db: ReadDb, id: ConnectionId): StoredConnection {
  const row = statement<Row>(
    db,
    `SELECT ${COLUMNS} FROM connection WHERE id = ? AND deleted_at IS NULL`,
  ).get(id);
  if (!row) throw notFound(id);
  return fromRow(row);
}

export function insertConnection(db: WriteDb, input: NewStoredConnection): ConnectionId {
  return db
    .transaction(() => {
      const { lastInsertRowid } = statement(
        db,
        'INSERT INTO connection (name, profile, base_url, is_demo, created_at) VALUES (?, ?, ?, ?, ?)',
      ).run(input.name, input.profile, input.baseUrl, input.isDemo ? 1 : 0, input.at);
      const id = connectionId.parse(Number(lastInsertRowid));
      changeConnection(db, id, input);
      return id;
    })
    .immediate();
}

/** Throws `not_found` when there is no such connection. */
export function changeConnection(
  db: WriteDb,
  id: ConnectionId,
  change: StoredConnectionChange,
): void {
  const { caFile, headerNames, limits, proxy } = change;
  changeOne(
    db,
    id,
    `UPDATE connection SET name = coalesce(?, name), profile = coalesce(?, profile),
       base_url = coalesce(?, base_url), auth = coalesce(?, auth), limits = coalesce(?, limits),
       proxy = coalesce(?, proxy), roles = coalesce(?, roles),
       header_names = coalesce(?, header_names), ca_file = iif(?, ?, ca_file)
     WHERE id = ? AND deleted_at IS NULL`,
    change.name,
    change.profile,
    change.baseUrl,
    change.auth,
    limits && JSON.stringify(limits),
    proxy && JSON.stringify(proxy),
    change.roles,
    headerNames && JSON.stringify(headerNames),
    caFile === undefined ? 0 : 1,
    caFile,
  );
}

/** Takes a connection out of every list; runs and conversations that used it still name it. */
export function removeConnection(db: WriteDb, id: ConnectionId, at: number): void {
  changeOne(db, id, 'UPDATE connection SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL', at);
}

/** Brings back one that was removed, with its models and favourites. */
export function restoreConnection(db: WriteDb, id: ConnectionId): void {
  changeOne(db, id, 'UPDATE connection SET deleted_at = NULL WHERE id = ?');
}

/**
 * Remembers what a server's refusal taught. What is known already keeps its place; of too much, the
 * oldest is forgotten.
 */
export function addLearned(db: WriteDb, id: ConnectionId, lesson: Learned): void {
  db.transaction(() => {
    const { learned } = getConnection(db, id);
    const byText = new Map(
      [...learned, learnedSchema.parse(lesson)].map((one) => [JSON.stringify(one), one]),
    );
    const kept = [...byText.values()].slice(-MAX_LEARNED);
    changeOne(db, id, 'UPDATE connection SET learned = ? WHERE id = ?', JSON.stringify(kept));
  }).immediate();
}

export function clearLearned(db: WriteDb, id: ConnectionId): void {
  changeOne(db, id, "UPDATE connection SET learned = '[]' WHERE id = ?");
}

function changeOne(db: WriteDb, id: ConnectionId, sql: string, ...values: unknown[]): void {
  const { changes } = statement(db, sql).run(...values.map((value) => value ?? null), id);
  if (changes === 0) throw notFound(id);
}

function notFound(id: ConnectionId): StoreError {
  return new StoreError('not_found', `there is no connection ${id}`);
}

/** A connection whose row is damaged in places must still open, or nobody could put it right. */
function fromRow(row: Row): StoredConnection {
  return {
    id: connectionId.parse(row.id),
    name: row.name,
    profile: profile.catch('other').parse(row.profile),
    baseUrl: row.base_url,
    isDemo: row.is_demo === 1,
    auth: authScheme.catch('bearer').parse(row.auth),
    limits: limitsOf(row.limits),
    proxy: jsonOf(row.proxy, proxyChoice, { mode: 'system' }),
    caFile: row.ca_file === '' ? null : row.ca_file,
    roles: roleRule.catch('any').parse(row.roles),
    headerNames: elementsOf(row.header_names, z.string()),
    learned: elementsOf(row.learned, learnedSchema),
    modelsAt: row.models_at,
  };
}

function limitsOf(source: string): RequestLimits {
  const { headersMs, idleMs, wholeMs } = fieldsOf(source);
  const { shape } = requestLimits;
  return {
    headersMs: shape.headersMs.catch(DEFAULT_LIMITS.headersMs).parse(headersMs),
    idleMs: shape.idleMs.catch(DEFAULT_LIMITS.idleMs).parse(idleMs),
    wholeMs: shape.wholeMs.catch(DEFAULT_LIMITS.wholeMs).parse(wholeMs),
  };
}
