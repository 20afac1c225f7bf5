import { z } from 'zod';
import { type TelemetrySignals, telemetrySignals } from '../../../shared/contract/telemetry';
import type { ReadDb, WriteDb } from '../connection';
import { StoreError } from '../errors';
import { statement } from '../statement';
import { elementsOf } from './json-columns';

/** The user's own collector, and how far it has been told. */
export interface StoredTelemetry {
  readonly on: boolean;
  readonly endpoint: string;
  readonly name: string;
  readonly signals: TelemetrySignals;
  readonly headerNames: readonly string[];
  /** Tells this data folder from others; made by chance. */
  readonly instance: string;
  /** Runs that wait, those on their way among them. */
  readonly waiting: number;
  readonly deliveredAt: number | null;
  /** Ended runs, not of the demo, that the collector neither knows nor is to know. */
  readonly earlier: number;
  readonly sendingEarlier: { readonly done: number; readonly total: number } | null;
}

/** What of it the user decides. */
export type TelemetryChoices = Pick<
  StoredTelemetry,
  'on' | 'endpoint' | 'name' | 'signals' | 'headerNames'
>;

interface Row {
  readonly is_on: number;
  readonly endpoint: string;
  readonly name: string;
  readonly signals: string;
  readonly header_names: string;
  readonly instance: string;
  readonly delivered_at: number | null;
  readonly earlier_after: number | null;
  readonly earlier_done: number;
  readonly earlier_total: number;
  readonly waiting: number;
  readonly known: number;
  readonly ended: number | null;
}

/** What is known is counted in its own rows, and what has ended in its days: neither reads the ledger. */
export function getTelemetry(db: ReadDb): StoredTelemetry {
  const row = statement<Row>(
    db,
    `SELECT is_on, endpoint, name, signals, header_names, instance, delivered_at, earlier_after,
       earlier_done, earlier_total,
       (SELECT count(*) FROM telemetry_run WHERE waits = 1)
         + (SELECT count(*) FROM telemetry_run WHERE sent_source IS NOT NULL AND waits = 0) AS waiting,
       (SELECT count(*) FROM telemetry_run) AS known,
       (SELECT sum(runs) FROM usage_day WHERE is_demo = 0) AS ended
     FROM telemetry`,
  ).get();
  if (!row) throw new StoreError('logic', 'the row of the collector is missing');
  return {
    on: row.is_on === 1,
    endpoint: row.endpoint,
    name: row.name,
    signals: telemetrySignals.catch('both').parse(row.signals),
    headerNames: elementsOf(row.header_names, z.string()),
    instance: row.instance,
    waiting: row.waiting,
    deliveredAt: row.delivered_at,
    earlier: Math.max(0, (row.ended ?? 0) - row.known),
    sendingEarlier:
      row.earlier_after === null ? null : { done: row.earlier_done, total: row.earlier_total },
  };
}

/**
 * Saves what the user decided. Another address is another collector: what the one before was told counts for
 * nothing, and what waits is for the new one.
 */
export function changeTelemetry(db: WriteDb, chosen: TelemetryChoices, at: number): void {
  db.transaction(() => {
    if (chosen.endpoint !== getTelemetry(db).endpoint) forgetCollector(db);
    statement(
      db,
      `UPDATE telemetry SET is_on = ?, endpoint = ?, name = ?, signals = ?, header_names = ?,
         told_until = coalesce(told_until, ?)`,
    ).run(
      chosen.on ? 1 : 0,
      chosen.endpoint,
      chosen.name,
      chosen.signals,
      JSON.stringify(chosen.headerNames),
      at,
    );
  }).immediate();
}

function forgetCollector(db: WriteDb): void {
  statement(db, 'DELETE FROM telemetry_run WHERE waits = 0 AND sent_source IS NULL').run();
  statement(
    db,
    `UPDATE telemetry_run SET waits = 1, revision = 0, sent_source = NULL, sent_nanousd = NULL,
       told_source = NULL, told_nanousd = NULL`,
  ).run();
  statement(
    db,
    `UPDATE telemetry SET told_until = NULL, window_end = NULL, spans_told = 0, delivered_at = NULL,
       earlier_after = NULL, earlier_last = NULL`,
  ).run();
}

/** Has the runs from before sent as well, a batch at a time. */
export function sendEarlierRuns(db: WriteDb): void {
  db.transaction(() => {
    const { earlier } = getTelemetry(db);
    statement(
      db,
      `UPDATE telemetry SET earlier_after = 0, earlier_done = 0, earlier_total = ?,
         earlier_last = (SELECT coalesce(max(id), 0) FROM run)`,
    ).run(earlier);
  }).immediate();
}

/** Leaves off sending the runs from before; those that wait already are sent. */
export function stopEarlierRuns(db: WriteDb): void {
  statement(db, 'UPDATE telemetry SET earlier_after = NULL, earlier_last = NULL').run();
}
