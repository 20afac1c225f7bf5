import { FENCE, type Topic } from './topic';

export const sql: Topic = {
  name: 'sql',
  keywords: ['sql', 'query', 'database', 'postgres', 'sqlite', 'join', 'select', 'customers'],
  openings: [
    'You can do this in one query with a grouped subquery and a window function.',
    'The clearest way is to total each customer first, then rank the totals.',
    'Here is a version that works in PostgreSQL, SQLite (3.25 or later) and MySQL 8.',
  ],
  core: `${FENCE}sql
WITH totals AS (
  SELECT
    c.id,
    c.name,
    COUNT(o.id)               AS orders,
    COALESCE(SUM(o.amount), 0) AS revenue
  FROM customers AS c
  LEFT JOIN orders AS o
    ON o.customer_id = c.id
   AND o.ordered_at >= DATE '2024-01-01'
  GROUP BY c.id, c.name
)
SELECT
  name,
  orders,
  revenue,
  RANK() OVER (ORDER BY revenue DESC) AS place
FROM totals
ORDER BY place, name
LIMIT 10;
${FENCE}

Two details matter here:

- The date condition stands in the \`ON\` clause. In \`WHERE\` it would throw away customers without orders and turn the outer join into an inner one.
- \`RANK\` leaves a gap after ties (1, 2, 2, 4). Use \`DENSE_RANK\` if you want 1, 2, 2, 3.`,
  more: `For a large table, an index that matches the join and the range keeps this fast:

${FENCE}sql
CREATE INDEX orders_by_customer_and_date
  ON orders (customer_id, ordered_at, amount);
${FENCE}

Because \`amount\` is part of the index, the database can answer from the index alone and never touches the table. Check it with \`EXPLAIN\`: you should see an index-only scan.`,
  closings: [
    'If amounts can be refunded, store refunds as negative rows rather than changing old ones; the sums then stay right by themselves.',
    'Keep money in integer cents (or a `NUMERIC` type), never in floating point.',
  ],
};

export const typescript: Topic = {
  name: 'typescript',
  keywords: ['typescript', 'javascript', 'debounce', 'react', 'node', 'promise', 'type'],
  openings: [
    'Here is a small, fully typed debounce without any dependency.',
    'You need two things: a timer that is restarted by each call, and a way to cancel it.',
    'A typed version is short enough to keep in your own code base:',
  ],
  core: `${FENCE}ts
export interface Debounced<A extends unknown[]> {
  (...args: A): void;
  cancel(): void;
}

export function debounce<A extends unknown[]>(
  action: (...args: A) => void,
  waitMs: number,
): Debounced<A> {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const debounced = (...args: A): void => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), waitMs);
  };

  return Object.assign(debounced, {
    cancel: () => clearTimeout(timer),
  });
}
${FENCE}

The type parameter \`A\` captures the argument list as a tuple, so the wrapped function keeps its exact signature and the compiler still rejects wrong calls:

${FENCE}ts
const search = debounce((term: string) => load(term), 250);

search('mars'); // fine
search(42);     // error: number is not assignable to string
${FENCE}`,
  more: `A few remarks:

1. \`ReturnType<typeof setTimeout>\` works both in the browser, where a timer is a number, and in Node, where it is an object.
2. In a React component, create the function once (in a ref or with \`useMemo\`) and call \`cancel\` in the clean-up of an effect; otherwise every render makes a new timer.
3. If you need the *first* call to run at once, that is a different tool, usually called throttle.`,
  closings: [
    'Test it with fake timers: advance by 249 ms and expect nothing, by one more and expect a single call.',
    'For values rather than callbacks, React also has `useDeferredValue`, which needs no timer at all.',
  ],
};

export const python: Topic = {
  name: 'python',
  keywords: ['python', 'script', 'csv', 'pandas', 'file', 'parse', 'regex', 'function', 'code'],
  openings: [
    'The standard library is enough for this.',
    'Here is a version that reads the file line by line, so its size does not matter.',
    'No packages needed; `csv` and `collections` do the work.',
  ],
  core: `${FENCE}python
import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path


def total_by_month(path: Path) -> dict[str, Decimal]:
    """Sum the column 'amount' for each calendar month of the column 'date'."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    with path.open(newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            month = row["date"][:7]  # 2024-03-17 -> 2024-03
            totals[month] += Decimal(row["amount"])
    return dict(sorted(totals.items()))


if __name__ == "__main__":
    for month, amount in total_by_month(Path("expenses.csv")).items():
        print(f"{month}  {amount:>12,.2f}")
${FENCE}

- \`newline=""\` hands line ends to the \`csv\` module, which knows about quoted line breaks.
- \`utf-8-sig\` swallows the byte order mark that spreadsheet programs like to write.
- \`Decimal\` keeps cents exact; with \`float\` the last digit drifts after a few thousand rows.`,
  more: `If a row may be broken, decide what should happen instead of letting the program stop half-way:

${FENCE}python
try:
    amount = Decimal(row["amount"])
except ArithmeticError:
    print(f"line {reader.line_num}: {row['amount']!r} is not a number")
    continue
${FENCE}

For that, keep the reader in a variable (\`reader = csv.DictReader(file)\`), because it counts the lines for you.`,
  closings: [
    'Run it with `python totals.py`; Python 3.9 or later is enough.',
    'With millions of rows this still needs only a few kilobytes of memory.',
  ],
};
