import type { SearchField, SearchQuery, SearchWord } from '../../../shared/search-query';
import { canGoOn, searchWords } from '../search-words';
import { tagKey } from './tags';

/** A field of a query, its calendar days made moments (ms) in the user's time zone. */
export type SearchCondition =
  | Exclude<SearchField, { name: 'before' | 'after' }>
  | { readonly name: 'before' | 'after'; readonly at: number };

/** A query as the store takes it. */
export interface StoreQuery extends Pick<SearchQuery, 'words' | 'without'> {
  readonly filters: readonly { readonly field: SearchCondition; readonly not: boolean }[];
}

/** A piece of SQL with the values of its question marks. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** What a query asks of conversations, of their messages and of the runs behind these. */
export interface Conditions {
  readonly conversation: readonly Condition[];
  readonly message: readonly Condition[];
  /** What one run has to fit, and what none may. */
  readonly run: readonly Condition[];
  readonly noRun: readonly Condition[];
}

export function conditionsOf({ filters }: StoreQuery): Conditions {
  const conditions: Record<keyof Conditions, Condition[]> = {
    conversation: [],
    message: [],
    run: [],
    noRun: [],
  };
  for (const { field, not } of filters) {
    const [of, condition] = conditionOf(field);
    if (of === 'run') conditions[not ? 'noRun' : 'run'].push(condition);
    else conditions[of].push(not ? { ...condition, sql: `NOT (${condition.sql})` } : condition);
  }
  return conditions;
}

// SQLite plans a statement anew each time a bare question mark that it compares is bound, which takes ten
// times as long as to look at one conversation; behind a CAST it does not look at the value beforehand.
const TEXT = 'CAST(? AS TEXT)';
const WHOLE = 'CAST(? AS INTEGER)';
const LIKE = `LIKE ${TEXT} ESCAPE '\\'`;

function conditionOf(
  field: SearchCondition,
): readonly ['conversation' | 'message' | 'run', Condition] {
  switch (field.name) {
    case 'cost':
      return [
        'conversation',
        {
          sql: `conversation.cost_nanousd + conversation.estimated_nanousd ${field.than} ${WHOLE}`,
          values: [field.amount],
        },
      ];
    case 'tag':
      return [
        'conversation',
        {
          sql: `EXISTS (SELECT 1 FROM conversation_tag
            WHERE conversation_id = conversation.id AND key = ${TEXT})`,
          values: [tagKey(field.value)],
        },
      ];
    case 'model':
      return [
        'run',
        {
          sql: `(requested_model ${LIKE} OR served_model ${LIKE})`,
          values: [within(field.value), within(field.value)],
        },
      ];
    case 'provider':
      return ['run', { sql: `served_provider ${LIKE}`, values: [within(field.value)] }];
    case 'preset':
      return ['run', { sql: `preset_name ${LIKE}`, values: [within(field.value)] }];
    case 'state':
      return ['run', { sql: `state = ${TEXT}`, values: [field.value] }];
    case 'role':
      return ['message', { sql: `message.role = ${TEXT}`, values: [field.value] }];
    case 'before':
      return ['message', { sql: `message.created_at < ${WHOLE}`, values: [field.at] }];
    case 'after':
      return ['message', { sql: `message.created_at >= ${WHOLE}`, values: [field.at] }];
    case 'has':
      return ['message', hasContent(field.value)];
  }
}

function hasContent(content: 'image' | 'code' | 'reasoning'): Condition {
  const wanted = content === 'code' ? 'text' : content;
  const fenced = content === 'code' ? "AND instr(text, '```') > 0" : '';
  return {
    sql: `EXISTS (SELECT 1 FROM part WHERE message_id = message.id AND kind = ${TEXT} ${fenced})`,
    values: [wanted],
  };
}

/** What a message has to fit: an answer by its own run, a question by one of its answers'. */
export function messageCondition({ message, run, noRun }: Conditions): Condition {
  const behind = (conditions: readonly Condition[]) =>
    all([
      {
        sql: `run.id IN (SELECT message.run_id UNION ALL
          SELECT answer.run_id FROM message AS answer
          WHERE answer.parent_id = message.id AND answer.deleted_at IS NULL)`,
        values: [],
      },
      ...conditions,
    ]);
  return all([
    { sql: 'message.deleted_at IS NULL', values: [] },
    ...message,
    ...(run.length > 0 ? [exists('run', behind(run))] : []),
    ...noRun.map((one) => not(exists('run', behind([one])))),
  ]);
}

/** What a conversation has to fit, as far as that can be told without its messages. */
export function conversationCondition({ conversation, run }: Conditions): Condition {
  const own = { sql: 'run.conversation_id = conversation.id', values: [] };
  return all([
    { sql: 'conversation.deleted_at IS NULL', values: [] },
    ...conversation,
    ...(run.length > 0 ? [exists('run', all([own, ...run]))] : []),
  ]);
}

export function all(conditions: readonly Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND '),
    values: conditions.flatMap(({ values }) => values),
  };
}

function exists(table: string, { sql, values }: Condition): Condition {
  return { sql: `EXISTS (SELECT 1 FROM ${table} WHERE ${sql})`, values };
}

function not({ sql, values }: Condition): Condition {
  return { sql: `NOT ${sql}`, values };
}

/** A pattern for texts that have this one somewhere inside. */
function within(text: string): string {
  return `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

/**
 * The words in the index's own language, each quoted so that nothing of it is read as more than text. What
 * stands without blanks in Chinese or Japanese is a phrase of its signs.
 */
export function indexQuery(words: readonly SearchWord[], join: 'AND' | 'OR' = 'AND'): string {
  return words
    .map(({ text, open }) => {
      // The index reads its language as a string that ends with a zero.
      const plain = searchWords(text).replaceAll('\0', ' ').replaceAll('"', '""');
      return `"${plain}"${open && canGoOn(text) ? ' *' : ''}`;
    })
    .join(` ${join} `);
}
