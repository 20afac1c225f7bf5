import { python, sql, typescript } from '../answers/code';
import { letter, tasks } from '../answers/everyday';
import { css, git, meeting, testing, translation } from '../answers/work';
import type { Subject } from './subject';

export const SUBJECTS_OF_WORK: readonly Subject[] = [
  {
    kind: 'code',
    tag: 'reports',
    topic: sql,
    questions: [
      'Total spent by customer this year, in SQL',
      'Rank our ten best customers with one SQL query',
      'Why does my outer join in Postgres lose customers?',
      'SQLite query for revenue per customer since January',
      'Rewrite this report as a single SQL statement',
      'A database query that keeps customers without orders',
      'Which index makes this join on orders fast?',
    ],
    followUps: [
      [
        'And the same by month?',
        "Put the month beside the customer in the subquery: `date_trunc('month', o.ordered_at) AS month`, and group by both. Rank within the month with `RANK() OVER (PARTITION BY month ORDER BY revenue DESC)`. Months without orders are missing then; join a calendar table if they have to be there.",
      ],
      [
        'Refunds should not count as orders.',
        'Count only what was paid: `COUNT(o.id) FILTER (WHERE o.amount > 0)`. Leave the sum as it is, since the refund is negative and has to lower the revenue. MySQL has no `FILTER`; there it is `SUM(o.amount > 0)`.',
      ],
      [
        'What would EXPLAIN show without the index?',
        'A sequential scan of `orders` and a hash join: every order of all years is read and most are thrown away. With a million rows that is the difference between a second and a few milliseconds. Run `ANALYZE` first, otherwise the planner guesses from old figures.',
      ],
    ],
  },
  {
    kind: 'code',
    tag: 'frontend',
    topic: typescript,
    questions: [
      'A typed debounce in TypeScript without a library',
      'How do I cancel a debounced promise in JavaScript?',
      'React: debounce a search field the right way',
      'TypeScript: keep the argument types of a wrapped function',
      'Node: run this at most once every 200 ms',
      'Which type do I give a timer in TypeScript?',
    ],
    followUps: [
      [
        'Can it call at once and then wait?',
        'Yes: that is the leading edge. Call when no timer is running, then start one that only marks the end of the quiet time. Offer it as an option, `{ leading: true }`, rather than as a second function, so that both share the tests.',
      ],
      [
        'How do I test it without waiting?',
        'Hand the timer in: `debounce(work, 200, { setTimer: setTimeout })`. The test gives one that it moves forward by itself. Fake timers of a test runner do the same globally, but then every other timer stands still, too.',
      ],
    ],
  },
  {
    kind: 'code',
    tag: 'scripts',
    topic: python,
    questions: [
      'Python: sum a column of a large CSV file',
      'Parse a CSV with German decimal commas in Python',
      'A script that joins two CSV files by customer number',
      'Regex for invoice numbers like 2024-0173',
      'Read a file line by line without loading it whole, in Python',
      'Turn this pandas script into plain Python',
    ],
    followUps: [
      [
        'Some rows have too few columns. Skip them, but tell me.',
        'Check the length before you use the row, count what is skipped and print the first five with their line numbers: `reader.line_num` knows them. End with exit code 1 when anything was skipped, so that a scheduled run does not look like a success.',
      ],
      [
        'How do I keep the amounts exact?',
        '`decimal.Decimal` instead of `float`: it keeps the digits as they stand in the file. Build it from the text, never from a float, and set the rounding once, at the end: `total.quantize(Decimal("0.01"))`.',
      ],
      [
        'And the output as CSV, sorted?',
        'Collect the totals in a dictionary, then `writer.writerows(sorted(totals.items(), key=lambda item: -item[1]))`. Open the output with `newline=""`, otherwise Windows gets an empty line after each row.',
      ],
    ],
  },
  {
    kind: 'code',
    tag: 'frontend',
    topic: css,
    questions: [
      'Centre a div, both ways, with CSS',
      'A page with a sticky header and a foot at the bottom',
      'CSS grid layout for a sidebar and a reading column',
      'Flexbox: why does this column refuse to shrink?',
      'CSS for a table that scrolls inside its cell',
    ],
    followUps: [
      [
        'On a phone the sidebar should go below.',
        'Ask for the columns only from a width on: `@container (min-width: 44rem) { .frame { grid-template-columns: 16rem 1fr; } }`. Below that they are rows, in the order of the source, which is also the order a screen reader has.',
      ],
      [
        'And in a dark theme?',
        'Give the colours names as custom properties on `:root` and set them a second time under `[data-theme="dark"]`. Nothing else in the file changes, and that is how you notice a colour that was written by hand.',
      ],
    ],
  },
  {
    kind: 'code',
    tag: 'release',
    topic: git,
    questions: [
      'Git: undo the last commit but keep the work',
      'How do I rebase a branch onto main without fear?',
      'Resolve this merge conflict step by step',
      'Squash commits before the review, safely',
      'Cherry-pick one fix into the release branch',
    ],
    followUps: [
      [
        'I have pushed already. What now?',
        'If nobody else works on the branch, rebase and push with `--force-with-lease`. If somebody does, leave history alone and add a commit with `git revert`: it undoes the change in the open, and nobody has to do anything.',
      ],
      [
        'How do I see what the rebase changed?',
        '`git range-diff before-cleanup...HEAD` puts old and new commits side by side. When only order and messages changed, it is nearly empty; any difference in the code itself stands out.',
      ],
    ],
  },
  {
    kind: 'code',
    tag: 'quality',
    topic: testing,
    questions: [
      'List the edge cases a CSV reader must pass',
      'Which test cases does a date range need?',
      'Unit tests for a money parser: what am I missing?',
      'This test is flaky on Fridays. Write tests that are not',
      'Code review: what would you ask about this change?',
    ],
    followUps: [
      [
        'Which of these would you automate first?',
        'The boundary and the interrupted one. The first breaks most often, the second most expensively. Both are deterministic, so they can run on every commit in milliseconds.',
      ],
      [
        'Write the names of the tests.',
        '- *an empty file has no rows and is no error*\n- *a single row without a line end is read*\n- *a quote inside quotes stays one quote*\n- *a field may contain a line break*\n- *a file cut off in the middle of a row says which row*',
      ],
    ],
  },
  {
    kind: 'writing',
    tag: 'team',
    topic: meeting,
    questions: [
      'Agenda for Thursday’s planning meeting',
      'Turn my notes into minutes of the meeting',
      'A retrospective that is not the same as always',
      'Agenda for a project kick-off with a client',
      'Make our stand-up shorter',
    ],
    followUps: [
      [
        'Jonas is away. Who takes his part?',
        'Give the risks to whoever carries them, one minute each, and let Mara keep the time. A topic that nobody can speak to moves to next week; do not have somebody read out the notes of somebody else.',
      ],
      [
        'Write the invitation, two sentences.',
        '> On Thursday at ten we decide whether the new checkout goes live in April; please bring a yes or no and the one thing that worries you most. Forty-five minutes, room 3 or the usual link.',
      ],
    ],
  },
  {
    kind: 'writing',
    tag: 'clients',
    topic: translation,
    questions: [
      'Translate this reply to Frau Brandt into German',
      'A polite translation of our delivery terms',
      'Put this offer into German, not too formal',
      'Is this translation of the contract clause right?',
      'Translate the email and keep the dates as they are',
    ],
    followUps: [
      [
        'A little warmer, please.',
        'Then close with *„Wir freuen uns auf die Zusammenarbeit und grüßen Sie herzlich aus Leeds“* instead of the plain greeting. One warm sentence at the end is enough; in the middle of conditions it would read like an apology.',
      ],
      [
        'How do I answer if she says no?',
        '> Vielen Dank für die offene Antwort. Dann bleiben wir gern beim ursprünglichen Termin und melden uns im Herbst wieder.\n\nThat closes nothing and asks for nothing.',
      ],
    ],
  },
  {
    kind: 'writing',
    tag: 'clients',
    topic: letter,
    questions: [
      'Draft a letter about the broken heating',
      'Email to the supplier about a late delivery',
      'A complaint that still sounds friendly',
      'Apology to a customer for the double invoice: draft',
      'Write to the landlord, with a date and without a threat',
    ],
    followUps: [
      [
        'More formal, it goes to their lawyer.',
        'Then leave out thanks and feelings, number the facts, and name the paragraph of the contract you rely on. Set the date as a day of the week and a date, and send it by registered post; the tone may stay courteous.',
      ],
      [
        'Shorter: this letter has to fit on a card.',
        '> Dear Mrs Okafor, the heating in 3B has been cold since Monday. Please have it repaired by Friday, 14 March. I am at home after four, and the caretaker has a key. Thank you, D. Weiss',
      ],
    ],
  },
  {
    kind: 'writing',
    tag: 'team',
    topic: tasks,
    questions: [
      'Checklist for moving the office to the second floor',
      'Plan the move in steps, with who does what',
      'A to-do list for the last week before the release',
      'Organise the handover before my holiday',
      'Prepare the new colleague’s first week: tasks',
    ],
    followUps: [
      [
        'What is most often forgotten?',
        'The address: bank, tax office, domain registrar, the sign at the door. Make one list of everybody who has written to you in the past year and work through it; it takes an evening and saves months.',
      ],
      [
        'Put dates to the tasks.',
        'Count backwards from the day itself: keys three days before, network a week before, notice to everybody four weeks before. Whatever needs another company gets twice the time you would give it.',
      ],
    ],
  },
];
