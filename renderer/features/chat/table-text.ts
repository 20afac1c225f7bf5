import type { ExtraProps } from 'streamdown';
import { isBlank, isDelimiterRow } from './block-lines';
import { inlineText, tableCells } from './plain-text';

type Node = NonNullable<ExtraProps['node']>;
type Child = Node['children'][number];

export interface TableCell {
  /** With the marks of Markdown. */
  readonly markdown: string;
  readonly plain: string;
}

export type TableAlign = 'left' | 'center' | 'right' | null;

export interface TableText {
  readonly align: readonly TableAlign[];
  /** The head first. */
  readonly rows: readonly (readonly TableCell[])[];
}

/** The cells of a table as it was read. */
export function tableOf(node: Node): TableText {
  const rows = elementsOf(node, 'tr');
  const [head] = rows;
  const align = head ? cellsOf(head).map((cell) => alignOf(cell.properties.align)) : [];
  return {
    align,
    rows: rows.map((row) =>
      cellsOf(row).map((cell) => ({
        markdown: inline(cell.children).trim(),
        plain: plainOf(cell.children).trim(),
      })),
    ),
  };
}

/** The same from the lines of a table that is drawn in pieces. */
export function tableOfLines(source: string): TableText {
  const lines = source.split('\n').filter((line) => !isBlank(line));
  const at = lines.findIndex(isDelimiterRow);
  const rows = lines.filter((_, index) => index !== at);
  return {
    align: at === -1 ? [] : tableCells(lines[at] ?? '').map(alignOfRule),
    rows: rows.map((row) =>
      tableCells(row).map((markdown) => ({ markdown, plain: inlineText(markdown) })),
    ),
  };
}

function alignOfRule(rule: string): TableAlign {
  const [left, right] = [rule.startsWith(':'), rule.endsWith(':')];
  if (left && right) return 'center';
  if (right) return 'right';
  return left ? 'left' : null;
}

/** As a table of Markdown, one line a row. */
export function tableMarkdown({ align, rows }: TableText): string {
  const [head = [], ...body] = rows;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const cells = (row: readonly TableCell[]) =>
    line(row.map(({ markdown }) => markdown.replaceAll('|', '\\|').replaceAll('\n', ' ')));
  const rule = line(head.map((_, at) => RULES[align[at] ?? 'none']));
  return [cells(head), rule, ...body.map(cells)].join('\n');
}

const RULES = { none: '---', left: ':---', center: ':---:', right: '---:' } as const;

/** With tabs between the cells, as spreadsheets paste it. */
export function tableTsv({ rows }: TableText): string {
  return rows
    .map((row) => row.map(({ plain }) => plain.replace(/[\t\r\n]+/g, ' ')).join('\t'))
    .join('\n');
}

function elementsOf(node: Node, tag: string): readonly Node[] {
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return child.tagName === tag ? [child] : elementsOf(child, tag);
  });
}

function cellsOf(row: Node): readonly Node[] {
  return row.children.flatMap((child) =>
    child.type === 'element' && (child.tagName === 'th' || child.tagName === 'td') ? [child] : [],
  );
}

function alignOf(value: unknown): TableAlign {
  return value === 'left' || value === 'center' || value === 'right' ? value : null;
}

function plainOf(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (child.type === 'text') return child.value;
      if (child.type !== 'element') return '';
      return child.tagName === 'br' ? ' ' : plainOf(child.children);
    })
    .join('');
}

const MARKS: Readonly<Record<string, string>> = { strong: '**', em: '*', del: '~~', code: '`' };

function inline(children: readonly Child[]): string {
  return children
    .map((child) => {
      if (child.type === 'text') return child.value;
      if (child.type !== 'element') return '';
      if (child.tagName === 'br') return '<br>';
      const text = child.tagName === 'code' ? plainOf(child.children) : inline(child.children);
      if (child.tagName === 'a' && typeof child.properties.href === 'string') {
        return `[${text}](${child.properties.href})`;
      }
      const mark = MARKS[child.tagName] ?? '';
      return mark + text + mark;
    })
    .join('');
}
