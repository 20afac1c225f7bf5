import { describe, expect, it } from 'vitest';
import { openWriter } from '../../electron/store/connection';
import { MIGRATIONS } from '../../electron/store/migrations';
import {
  budgetStates,
  changeBudget,
  insertBudget,
  removeBudget,
  restoreBudget,
  spentByDay,
} from '../../electron/store/queries/budgets';
import { removeConnection } from '../../electron/store/queries/connections';
import { removeConversations } from '../../electron/store/queries/conversations';
import { insertPresets, removePreset } from '../../electron/store/queries/presets';
import { purgeConversations } from '../../electron/store/queries/purge';
import { endRun, nextAttempt } from '../../electron/store/queries/run-life';
import type { RunHead, RunOutcome } from '../../electron/store/queries/runs';
import type { BudgetScope, NewBudget } from '../../shared/budget';
import { EMPTY_CHAT_SETTINGS } from '../../shared/chat-settings';
import { runId } from '../../shared/ids';
import { nano } from '../../shared/money';
import fc from '../fixtures/fast-check';
import { begin, connect, NOON, outcome, refused, runHead } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';

const TODAY = '2024-10-21';
const CONTENT = { connectionId: null, model: null, settings: EMPTY_CHAT_SETTINGS, opening: [] };
const ALL: BudgetScope = { kind: 'all' };

function budgetOf(scope: BudgetScope, period: NewBudget['period'] = 'month'): NewBudget {
  return { scope, period, limit: nano(20_000_000_000n), warnPercent: 80, stops: true };
}

function ledger() {
  const { writer, reader } = connections();
  const connection = connect(writer);
  const spend = (head: Partial<RunHead> = {}, end: Partial<RunOutcome> = {}) => {
    const sent = begin(writer, connection, 'x', head);
    endRun(writer, sent.runId, outcome(end), []);
    return sent;
  };
  const states = (today = TODAY) => budgetStates(reader, today, null);
  const spent = () => states().map((state) => state.spent.known + state.spent.estimated);
  return { writer, reader, connection, spend, states, spent };
}

describe('what is spent of a budget', () => {
  it('is that of its day, its month, or of all time', () => {
    const { writer, spend, spent } = ledger();
    for (const period of ['day', 'month', 'total'] as const) {
      insertBudget(writer, budgetOf(ALL, period), NOON);
    }
    for (const day of ['2024-09-30', '2024-10-01', '2024-10-20', TODAY]) {
      spend({ day }, { cost: nano(1n) });
    }
    expect(spent()).toEqual([1n, 3n, 4n]);
  });

  it('is that of its conversation, preset or connection alone', () => {
    const { writer, connection, spend, states } = ledger();
    const [preset] = insertPresets(writer, [{ name: 'Research', content: CONTENT }], NOON);
    if (preset === undefined) throw new Error('there is no preset');
    const { conversationId } = spend({ presetId: preset }, { cost: nano(10n) });
    spend({}, { cost: nano(100n) });
    insertBudget(writer, budgetOf({ kind: 'conversation', id: conversationId }), NOON);
    insertBudget(writer, budgetOf({ kind: 'preset', id: preset }), NOON);
    insertBudget(writer, budgetOf({ kind: 'connection', id: connection }), NOON);
    insertBudget(writer, budgetOf({ kind: 'connection', id: connect(writer, 'Other') }), NOON);
    expect(states().map(({ budget, spent: { known } }) => [budget.name, known])).toEqual([
      ['x', 10n],
      ['Research', 10n],
      ['APIpie', 110n],
      ['Other', 0n],
    ]);
    removePreset(writer, preset, NOON);
    removeConnection(writer, connection, NOON);
    expect(states().map(({ budget }) => budget.name)).toEqual(['x', 'Other']);
  });

  it('keeps what is known, estimated, unknown and on its way apart', () => {
    const { writer, connection, spend, states } = ledger();
    insertBudget(writer, budgetOf(ALL), NOON);
    spend({}, { cost: nano(1n) });
    spend({}, { cost: nano(2n), costSource: 'estimated' });
    spend({}, { cost: null, costSource: 'unknown', costText: null });
    spend({ isDemo: true }, { cost: nano(1000n) });
    const estimate = { low: nano(3n), high: nano(5n), basis: 'ledger' } as const;
    const { runId: id } = begin(writer, connection, 'y', { estimate });
    begin(writer, connection, 'z', {});
    begin(writer, connection, 'demo', { isDemo: true, estimate });
    expect(states()[0]?.spent).toEqual({
      known: 1n,
      estimated: 2n,
      unknown: 1,
      running: { low: 3n, high: 5n, count: 2, unknown: 1 },
    });
    expect(budgetStates(writer, TODAY, id)[0]?.spent.running.count).toBe(1);
  });

  it('counts each attempt of an answer', () => {
    const { writer, connection, states } = ledger();
    insertBudget(writer, budgetOf(ALL), NOON);
    const { runId: first } = begin(writer, connection, 'x', {});
    const second = nextAttempt(
      writer,
      first,
      refused({ cost: nano(7n), costSource: 'reported' }),
      runHead(connection),
    );
    endRun(writer, second, outcome({ cost: nano(5n) }), []);
    expect(states()[0]?.spent).toMatchObject({ known: 12n, running: { count: 0 } });
  });

  it('stays when the conversation is deleted for good, but for the budget of that', () => {
    const { writer, spend, states } = ledger();
    const { conversationId } = spend({}, { cost: nano(9n) });
    insertBudget(writer, budgetOf({ kind: 'conversation', id: conversationId }), NOON);
    insertBudget(writer, budgetOf(ALL), NOON);
    removeConversations(writer, [conversationId], NOON);
    expect(states()).toHaveLength(1);
    purgeConversations(writer, [conversationId]);
    expect(states().map(({ budget, spent }) => [budget.scope.kind, spent.known])).toEqual([
      ['all', 9n],
    ]);
  });

  it('is the sum of the ledger, whatever happens to its rows', () => {
    const happening = fc.record({
      day: fc.constantFrom('2024-10-20', TODAY, '2024-11-01'),
      cost: fc.option(fc.bigInt(0n, 10n ** 12n)),
      estimated: fc.boolean(),
      isDemo: fc.boolean(),
      later: fc.option(fc.bigInt(0n, 10n ** 12n)),
      moved: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 12 }), (all) => {
        const { writer, spend } = ledger();
        writer.exec('DROP TRIGGER run_is_final');
        for (const { day, cost, estimated, isDemo, later, moved } of all) {
          const source = cost === null ? 'unknown' : estimated ? 'estimated' : 'reported';
          const end = { cost: cost === null ? null : nano(cost), costSource: source } as const;
          const { runId: id } = spend({ day, isDemo }, end);
          if (later !== null) {
            writer
              .prepare("UPDATE run SET cost_nanousd = ?, cost_source = 'reconciled' WHERE id = ?")
              .run(later, runId.parse(id));
          }
          if (moved) writer.prepare("UPDATE run SET day = '2024-12-01' WHERE id = ?").run(id);
        }
        const sums = (sql: string) => writer.prepare(sql).all();
        expect(
          sums(
            `SELECT scope, scope_id, day, CAST(known_nanousd AS TEXT) AS known,
               CAST(estimated_nanousd AS TEXT) AS estimated, unknown_runs AS unknown FROM budget_day
             WHERE known_nanousd <> 0 OR estimated_nanousd <> 0 OR unknown_runs <> 0`,
          ),
        ).toEqual(
          sums(
            `WITH row AS (SELECT *, iif(cost_source = 'estimated', 0, coalesce(cost_nanousd, 0)) AS k,
                 iif(cost_source = 'estimated', cost_nanousd, 0) AS e, cost_source = 'unknown' AS u
               FROM run WHERE is_demo = 0 AND state <> 'running'),
               place (scope, id, day, k, e, u) AS (
                 SELECT 'all', 0, day, k, e, u FROM row
                 UNION ALL SELECT 'connection', connection_id, day, k, e, u FROM row
                 UNION ALL SELECT 'conversation', conversation_id, day, k, e, u FROM row)
             SELECT scope, id AS scope_id, day, CAST(sum(k) AS TEXT) AS known,
               CAST(sum(e) AS TEXT) AS estimated, sum(u) AS unknown FROM place GROUP BY 1, 2, 3
             HAVING sum(k) <> 0 OR sum(e) <> 0 OR sum(u) <> 0 ORDER BY 1, 2, 3`,
          ),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('is told for each day, for the forecast', () => {
    const { reader, spend } = ledger();
    spend({ day: '2024-10-01' }, { cost: nano(3n) });
    spend({ day: TODAY }, { cost: nano(4n) });
    spend({ day: TODAY }, { cost: nano(5n), costSource: 'estimated' });
    expect(spentByDay(reader, '2024-10-02')).toEqual([{ day: TODAY, spent: 9n }]);
  });

  it('is found without looking through the ledger', () => {
    const { reader } = ledger();
    const plan = reader
      .prepare<[], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT sum(known_nanousd) FROM budget_day
         WHERE scope = 'preset' AND scope_id = 1 AND day >= '2024-10-01'`,
      )
      .all();
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH budget_day USING PRIMARY KEY/),
    ]);
  });
});

describe('a budget', () => {
  it('is one for the same thing and time', () => {
    const { writer, states } = ledger();
    const id = insertBudget(writer, budgetOf(ALL), NOON);
    const kindOf = (act: () => unknown) => {
      try {
        act();
      } catch (error) {
        return error instanceof Error && 'kind' in error ? error.kind : error;
      }
      return null;
    };
    expect(kindOf(() => insertBudget(writer, budgetOf(ALL), NOON))).toBe('conflict');
    const day = insertBudget(writer, budgetOf(ALL, 'day'), NOON);
    expect(kindOf(() => changeBudget(writer, day, budgetOf(ALL)))).toBe('conflict');
    removeBudget(writer, id, NOON);
    expect(kindOf(() => removeBudget(writer, id, NOON))).toBe('not_found');
    const other = insertBudget(writer, budgetOf(ALL), NOON);
    expect(kindOf(() => restoreBudget(writer, id))).toBe('conflict');
    removeBudget(writer, other, NOON);
    restoreBudget(writer, id);
    expect(states().map(({ budget }) => budget.id)).toEqual([day, id]);
  });

  it('is changed as a whole', () => {
    const { writer, states } = ledger();
    const id = insertBudget(writer, budgetOf(ALL), NOON);
    const changed = { ...budgetOf(ALL, 'day'), limit: nano(1n), warnPercent: 50, stops: false };
    changeBudget(writer, id, changed);
    expect(states()[0]?.budget).toEqual({ ...changed, id, name: '' });
  });
});

describe('the older table of budgets', () => {
  it('comes along with what its rows meant', () => {
    const path = `${temporaryFolder()}/slice.db`;
    const old = openWriter(
      path,
      MIGRATIONS.filter(({ version }) => version < 50),
    );
    const connection = connect(old);
    old.exec(`INSERT INTO budget (scope, scope_id, limit_nanousd, warn_percent, stops, created_at)
      VALUES ('day', NULL, 1, 70, 0, 5), ('month', NULL, 2, 80, 1, 5), ('month', NULL, 3, 80, 1, 6),
        ('connection', ${connection}, 4, 80, 1, 5)`);
    old.exec(`INSERT INTO run (uid, conversation_title, connection_id, connection_name, profile, base_url,
        is_demo, requested_model, parameters, state, started_at, ended_at, day, cost_nanousd, cost_source)
      VALUES ('u', '', ${connection}, 'APIpie', 'apipie', '', 0, 'm', '{}', 'complete', 0, 1, '${TODAY}',
        7, 'reported')`);
    old.close();
    const writer = openWriter(path);
    const states = budgetStates(writer, TODAY, null);
    writer.close();
    expect(
      states.map(({ budget, spent }) => [
        budget.scope.kind,
        budget.period,
        budget.limit,
        spent.known,
      ]),
    ).toEqual([
      ['all', 'day', 1n, 7n],
      ['all', 'month', 3n, 7n],
      ['connection', 'total', 4n, 7n],
    ]);
    expect(states[0]?.budget).toMatchObject({ warnPercent: 70, stops: false });
  });
});
