import {
  PARAMETER_COLUMNS,
  PARAMETER_KEYS,
  PARAMETERS,
  type ParameterKey,
} from '../../shared/parameters';
import type { BilledField } from '../store/queries/billing-rows';
import type { RunField } from '../store/queries/usage-rows';

/**
 * How a value of a row is written. `usd` is a text of nano-dollars, `utc` and `local` are milliseconds
 * since 1970, `flag` is 0 or 1, and `parameter` is one of the values in a JSON object.
 */
export type CellKind = 'text' | 'number' | 'usd' | 'utc' | 'local' | 'flag' | 'json';

interface Named {
  readonly key: string;
  readonly meaning: string;
  /** What a number counts, or the form of a text that has one. */
  readonly unit: string;
}

/** A column of a usage file, and how its cells come from a row. */
export type UsageColumn<Field extends string> =
  | (Named & { readonly from: Field; readonly as: CellKind })
  | (Named & { readonly from: Field; readonly as: 'parameter'; readonly parameter: ParameterKey })
  /** The same in every line. */
  | (Named & { readonly as: 'constant'; readonly value: string });

/** The columns of one kind of file. A line is never read without knowing its version. */
export interface UsageTable<Field extends string> {
  readonly kind: string;
  /** Higher once a column means something else or is gone. A new one at the end changes nothing. */
  readonly version: number;
  readonly columns: readonly UsageColumn<Field>[];
}

function table<Field extends string>(
  kind: string,
  version: number,
  columns: readonly UsageColumn<Field>[],
): UsageTable<Field> {
  const schema: UsageColumn<Field> = {
    key: 'schema',
    meaning:
      'The kind of file and the version of its columns, so that lines of several files can be told apart.',
    unit: 'kind/version',
    as: 'constant',
    value: `${kind}/${version}`,
  };
  return { kind, version, columns: [schema, ...columns] };
}

function column<Field extends string>(
  key: string,
  from: Field,
  as: CellKind,
  unit: string,
  meaning: string,
): UsageColumn<Field> {
  return { key, from, as, unit, meaning };
}

const UTC = 'ISO 8601, UTC';
const LOCAL = 'ISO 8601 with offset';

const SENT = PARAMETER_KEYS.map(
  (parameter, at): UsageColumn<RunField> => ({
    key: PARAMETER_COLUMNS[at] ?? parameter,
    meaning: `The parameter ${PARAMETERS[parameter].label}, empty where it was not sent.`,
    unit: parameterUnit(parameter),
    from: 'parameters',
    as: 'parameter',
    parameter,
  }),
);

function parameterUnit(key: ParameterKey): string {
  const { control } = PARAMETERS[key];
  switch (control.type) {
    case 'number':
    case 'integer':
      return 'number';
    case 'choice':
      return control.options.map(({ value }) => value).join(', ');
    case 'switch':
      return 'true, false';
    case 'list':
    case 'json':
      return 'JSON';
    case 'text':
      return '';
  }
}

/** A line for each request that may have cost something: one row of the ledger. */
export const RUN_COLUMNS: UsageTable<RunField> = table('runs', 1, [
  column('run_id', 'uid', 'text', '', 'The request. The same in every file; no other has it.'),
  column(
    'state',
    'state',
    'text',
    'running, complete, stopped, incomplete, failed',
    'How it ended.',
  ),
  column('started_at', 'started_at', 'utc', UTC, 'When the request left.'),
  column(
    'started_at_local',
    'started_at',
    'local',
    LOCAL,
    'The same on the clock of this computer.',
  ),
  column('ended_at', 'ended_at', 'utc', UTC, 'When it ended; empty while it runs.'),
  column('ended_at_local', 'ended_at', 'local', LOCAL, 'The same on the clock of this computer.'),
  column(
    'day',
    'day',
    'text',
    'YYYY-MM-DD',
    'The calendar day it counts on: that of the user’s clock then.',
  ),
  column('connection', 'connection', 'text', '', 'The name the connection had.'),
  column('base_url', 'base_url', 'text', '', 'The address of the server.'),
  column('profile', 'profile', 'text', '', 'Which kind of server it is.'),
  column(
    'demo',
    'is_demo',
    'flag',
    'true, false',
    'Whether it was the demo, whose money is not real.',
  ),
  column(
    'conversation_id',
    'conversation_id',
    'number',
    '',
    'The conversation; empty once it is deleted for good.',
  ),
  column('conversation', 'conversation_title', 'text', '', 'The title the conversation had.'),
  column(
    'message_id',
    'message_id',
    'number',
    '',
    'The answer; empty for a title, and once it is deleted for good.',
  ),
  column('preset', 'preset', 'text', '', 'The name of the preset it was sent with.'),
  column(
    'attempt',
    'attempt',
    'number',
    'count',
    '1 for the first request of an answer; each one made again is a line of its own.',
  ),
  column(
    'side_by_side',
    'fan_out',
    'text',
    '',
    'The same for all answers that were asked for side by side.',
  ),
  column('requested_model', 'requested_model', 'text', '', 'The model that was asked for.'),
  column(
    'served_model',
    'served_model',
    'text',
    '',
    'The model that answered, as the server said.',
  ),
  column(
    'served_provider',
    'served_provider',
    'text',
    '',
    'Who ran the model, as the server said.',
  ),
  column('answers', 'answers', 'number', 'count', 'How many answers were asked for.'),
  column('votes', 'votes', 'number', 'count', 'How many answers were put to the vote for each.'),
  column('models', 'models', 'number', 'count', 'How many models were asked at once.'),
  column(
    'prompt_tokens',
    'prompt_tokens',
    'number',
    'tokens',
    'As the server counted; empty where it did not say.',
  ),
  column('completion_tokens', 'completion_tokens', 'number', 'tokens', 'The same of the answer.'),
  column('total_tokens', 'total_tokens', 'number', 'tokens', 'The sum that the server gave.'),
  column(
    'cached_tokens',
    'cached_tokens',
    'number',
    'tokens',
    'Those of the prompt that came from a cache.',
  ),
  column(
    'reasoning_tokens',
    'reasoning_tokens',
    'number',
    'tokens',
    'Those of the answer that were spent on thinking.',
  ),
  column(
    'prompt_characters',
    'prompt_characters',
    'number',
    'characters',
    'As the server counted.',
  ),
  column(
    'response_characters',
    'response_characters',
    'number',
    'characters',
    'The same of the answer.',
  ),
  column(
    'cost_usd',
    'cost',
    'usd',
    'USD, 9 decimals',
    'What it cost, exactly. Empty means unknown, never zero.',
  ),
  column(
    'cost_source',
    'cost_source',
    'text',
    'reported, reconciled, estimated, unknown, none',
    'Where the cost comes from; `none`: there was nothing to pay.',
  ),
  column(
    'waste',
    'waste',
    'text',
    'replaced, stopped, failed, deleted',
    'How it was spent for nothing; empty where it was not.',
  ),
  column('latency_ms', 'latency_ms', 'number', 'ms', 'What the provider says it took.'),
  column(
    'first_token_ms',
    'first_token_ms',
    'number',
    'ms',
    'From sending to the first output, measured here.',
  ),
  column('total_ms', 'total_ms', 'number', 'ms', 'From sending to the end, measured here.'),
  column('finish_reason', 'finish_reason', 'text', '', 'Why the model ended.'),
  column('error_code', 'error_code', 'text', '', 'What went wrong, from the closed list of codes.'),
  column(
    'http_status',
    'http_status',
    'number',
    '',
    'The status of the server’s answer where it failed.',
  ),
  ...SENT,
  column('extra', 'extra', 'json', 'JSON', 'Fields of the request besides the parameters.'),
  column(
    'purpose',
    'purpose',
    'text',
    'answer, title',
    'What it was made for: an answer, or the title of the conversation.',
  ),
]);

/** What a line of totals is made of. */
export const TOTAL_FIELDS = [
  'from',
  'to',
  'group_by',
  'key',
  'name',
  'cost',
  'known',
  'estimated',
  'unknown',
  'running',
  'runs',
  'prompt_tokens',
  'completion_tokens',
  'total_p50',
  'total_p95',
  'first_p50',
  'first_p95',
] as const;
export type TotalField = (typeof TOTAL_FIELDS)[number];

/** A line for each group of rows, the most costly first. */
export const TOTAL_COLUMNS: UsageTable<TotalField> = table('totals', 1, [
  column('from', 'from', 'text', 'YYYY-MM-DD', 'The first day that is counted.'),
  column('to', 'to', 'text', 'YYYY-MM-DD', 'The last day that is counted.'),
  column('group_by', 'group_by', 'text', '', 'What the lines are grouped by.'),
  column(
    'key',
    'key',
    'text',
    '',
    'What the rows of the group have in common; empty where it is not known or not there.',
  ),
  column(
    'name',
    'name',
    'text',
    '',
    'The key as it is read: the title of a conversation, a tag as it is written.',
  ),
  column(
    'cost_usd',
    'cost',
    'usd',
    'USD, 9 decimals',
    'What is known and what is estimated, together.',
  ),
  column('known_usd', 'known', 'usd', 'USD, 9 decimals', 'Reported and reconciled costs.'),
  column('estimated_usd', 'estimated', 'usd', 'USD, 9 decimals', 'Costs that are only estimated.'),
  column(
    'unknown_requests',
    'unknown',
    'number',
    'count',
    'Ended requests whose cost nobody knows; they are in no sum.',
  ),
  column('running_requests', 'running', 'number', 'count', 'Requests that have not ended.'),
  column('requests', 'runs', 'number', 'count', 'All of them.'),
  column('prompt_tokens', 'prompt_tokens', 'number', 'tokens', 'Where the server said.'),
  column('completion_tokens', 'completion_tokens', 'number', 'tokens', 'Where the server said.'),
  column(
    'total_ms_p50',
    'total_p50',
    'number',
    'ms',
    'Half of them took no longer, within five in a hundred.',
  ),
  column(
    'total_ms_p95',
    'total_p95',
    'number',
    'ms',
    'Nineteen in twenty took no longer, within five in a hundred.',
  ),
  column('first_token_ms_p50', 'first_p50', 'number', 'ms', 'The same until the first output.'),
  column('first_token_ms_p95', 'first_p95', 'number', 'ms', 'The same until the first output.'),
]);

/** A line for each entry of a bill that was imported, beside what the ledger says of it. */
export const BILLED_COLUMNS: UsageTable<BilledField> = table('billing', 1, [
  column('entry_id', 'entry', 'text', '', 'The entry, as the server names it.'),
  column('at', 'at', 'utc', UTC, 'When it was billed, as the server says.'),
  column('at_local', 'at', 'local', LOCAL, 'The same on the clock of this computer.'),
  column('connection', 'connection', 'text', '', 'The name of the connection.'),
  column(
    'outcome',
    'outcome',
    'text',
    'same, differs, filled, matched, unmatched, other_program',
    'What the entry is to the ledger. `filled`: the ledger took the cost over; `matched`: its request or its cost is not there any more; `unmatched`: no request was found for it; `other_program`: it is of another program under the same key.',
  ),
  column('confidence', 'confidence', 'text', 'certain, likely', 'How sure the match is.'),
  column('app', 'app', 'text', '', 'The name of the program or key, as the server says.'),
  column('route', 'route', 'text', '', 'The model that was billed.'),
  column('provider', 'provider', 'text', '', 'Who ran it.'),
  column('prompt_tokens', 'prompt_tokens', 'number', 'tokens', 'As billed.'),
  column('completion_tokens', 'completion_tokens', 'number', 'tokens', 'As billed.'),
  column('cost_usd', 'cost', 'usd', 'USD, 9 decimals', 'What the bill says. Empty means unknown.'),
  column(
    'ledger_usd',
    'ledger_cost',
    'usd',
    'USD, 9 decimals',
    'What the ledger said before; empty where that was unknown or there is no request.',
  ),
  column(
    'ledger_source',
    'ledger_source',
    'text',
    'reported, estimated, unknown, none',
    'Where the ledger had that from.',
  ),
  column(
    'difference_usd',
    'difference',
    'usd',
    'USD, 9 decimals',
    'The bill less the ledger; empty where one of them is.',
  ),
  column('run_id', 'run', 'text', '', 'The request, as in the file of runs.'),
]);
