import type { Grouping, SpendingGroup, SpendingReport } from '../../shared/contract/spending';
import { isUnknown, nano, type Total } from '../../shared/money';
import { moneyFormat } from '../../shared/money-text';

const { format: count } = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const money = moneyFormat('en');

/** As on the page: exact figures are in the files. */
const DECIMALS = 6;

/** Longer names are cut at the end. */
const LONGEST_NAME = 40;

/** What a terminal obeys instead of showing it, or what turns the line around; names come from servers. */
const OBEYED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

interface Line {
  readonly name: string;
  readonly figures: readonly string[];
}

const FIGURES = ['Cost', 'Requests', 'Unknown', 'Tokens in', 'Tokens out'];

/** A report as a table for the eye, with the sum below it. */
export function usageTable({ from, to, groups, sum }: SpendingReport, groupBy: Grouping): string {
  const lines: Line[] = [
    { name: capital(groupBy), figures: FIGURES },
    ...groups.map((group) => lineOf(group.name === '' ? `no ${groupBy}` : group.name, group)),
    lineOf('Sum', sum),
  ];
  const names = Math.max(...lines.map(({ name }) => name.length));
  const widths = FIGURES.map((_, at) =>
    Math.max(...lines.map(({ figures }) => figures[at]?.length ?? 0)),
  );
  const [head = '', ...rest] = lines.map(({ name, figures }) =>
    [name.padEnd(names), ...figures.map((text, at) => text.padStart(widths[at] ?? 0))].join('  '),
  );
  const rule = '-'.repeat(head.length);
  const all = [head, rule, ...rest.slice(0, -1), rule, ...rest.slice(-1)];
  const title = `Spent from ${from} to ${to}, by ${groupBy}`;
  return [title, '', ...all, ...remarks(sum.total), ''].join('\n');
}

function lineOf(name: string, { total, promptTokens, completionTokens }: SpendingGroup): Line {
  const signs = [...name.replaceAll(OBEYED, ' ')];
  return {
    name:
      signs.length > LONGEST_NAME
        ? `${signs.slice(0, LONGEST_NAME - 1).join('')}…`
        : signs.join(''),
    figures: [
      costText(total),
      count(total.runs),
      total.unknown === 0 ? '' : count(total.unknown),
      count(promptTokens),
      count(completionTokens),
    ],
  };
}

/** Never a zero for what nobody knows. */
function costText(total: Total): string {
  if (isUnknown(total)) return total.unknown > 0 ? 'unknown' : 'running';
  return money.text(nano(total.known + total.estimated), DECIMALS);
}

/** What the sum does not say. */
function remarks({ estimated, unknown, running }: Total): string[] {
  const said = [
    estimated > 0n && `Estimated, in the sum: ${money.text(estimated, DECIMALS)}`,
    unknown > 0 && `Requests of unknown cost, not in the sum: ${count(unknown)}`,
    running > 0 && `Requests still running: ${count(running)}`,
  ].filter((remark) => remark !== false);
  return said.length === 0 ? [] : ['', ...said];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
