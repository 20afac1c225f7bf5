import { z } from 'zod';
import { type Model, type Offer, offer } from '../../../shared/contract/connection';
import type { ConnectionId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { getConnection } from './connections';
import { elementsOf, jsonOf } from './json-columns';

interface Row {
  readonly id: string;
  readonly type: string | null;
  readonly subtype: string | null;
  readonly description: string | null;
  readonly sees_images: number | null;
  readonly takes: string | null;
  readonly offers: string;
  readonly favourite: number;
}

const names = z.array(z.string()).nullable();

/** JSON has no bigint: an amount goes as a string of digits, and a damaged one is unknown. */
const price = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform((digits) => nano(BigInt(digits)))
  .nullable()
  .catch(null);
const storedOffer = offer.extend({ inputPrice: price, outputPrice: price });

/** What stands for the offers of a model when none of them can be read. */
const UNKNOWN_OFFER: Offer = {
  provider: null,
  inputPrice: null,
  outputPrice: null,
  unit: null,
  inferred: false,
  contextTokens: null,
  maxReplyTokens: null,
  latencyMs: null,
};

/** The models of the last list that was fetched, by name. */
export function listModels(db: ReadDb, id: ConnectionId): Model[] {
  return statement<Row>(
    db,
    `SELECT id, type, subtype, description, sees_images, takes, offers,
       EXISTS (SELECT 1 FROM favourite_model AS favourite
         WHERE favourite.connection_id = model.connection_id AND model_id = id) AS favourite
     FROM model WHERE connection_id = ? ORDER BY id`,
  )
    .all(id)
    .map(fromRow);
}

/** The offers of one model of the last list; none when it is not in it. */
export function offersOf(db: ReadDb, id: ConnectionId, model: string): Offer[] {
  const row = statement<Pick<Row, 'offers'>>(
    db,
    'SELECT offers FROM model WHERE connection_id = ? AND id = ?',
  ).get(id, model);
  return row ? elementsOf(row.offers, storedOffer) : [];
}

/** Replaces the list of a connection as a whole. Which models are favourites does not change. */
export function saveModels(
  db: WriteDb,
  id: ConnectionId,
  models: readonly Omit<Model, 'favourite'>[],
  at: number,
): void {
  const insert = statement(
    db,
    `INSERT INTO model (connection_id, id, type, subtype, description, sees_images, takes, offers)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    const { changes } = statement(db, 'UPDATE connection SET models_at = ? WHERE id = ?').run(
      at,
      id,
    );
    if (changes === 0) throw new StoreError('not_found', `there is no connection ${id}`);
    statement(db, 'DELETE FROM model WHERE connection_id = ?').run(id);
    for (const { id: name, type, subtype, description, seesImages, takes, offers } of models) {
      insert.run(
        id,
        name,
        type,
        subtype,
        description,
        seesImages === null ? null : Number(seesImages),
        takes && JSON.stringify(takes),
        encodeOffers(offers),
      );
    }
  }).immediate();
}

/**
 * Marks a model, whether it is in the list at present or not. Throws `not_found` when there is no such
 * connection.
 */
export function setFavourite(
  db: WriteDb,
  id: ConnectionId,
  model: string,
  favourite: boolean,
  at: number,
): void {
  getConnection(db, id);
  if (favourite) {
    statement(
      db,
      `INSERT INTO favourite_model (connection_id, model_id, created_at) VALUES (?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ).run(id, model, at);
  } else {
    statement(db, 'DELETE FROM favourite_model WHERE connection_id = ? AND model_id = ?').run(
      id,
      model,
    );
  }
}

function encodeOffers(offers: readonly Offer[]): string {
  return JSON.stringify(offers, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

function fromRow(row: Row): Model {
  const offers = elementsOf(row.offers, storedOffer);
  return {
    id: row.id,
    type: row.type,
    subtype: row.subtype,
    description: row.description,
    seesImages: row.sees_images === null ? null : row.sees_images === 1,
    takes: row.takes === null ? null : jsonOf(row.takes, names, null),
    offers: offers.length > 0 ? offers : [UNKNOWN_OFFER],
    favourite: row.favourite === 1,
  };
}
