import type { Block } from './block';
import { EMPTY_SPLIT } from './block';
import { isBlank, isDelimiterRow } from './block-lines';
import { split } from './blocks';

const CODE_SPAN = /(`+)([^`](?:[\s\S]*?[^`])?)\1(?!`)/g;
const LINE_START = /^(\s*)(?:(?:>\s?)+|#{1,6}\s+)/;
const HEADING_END = /\s+#+\s*$/;
const TASK = /^(\s*(?:[-+*]|\d{1,9}[.)])\s+)\[[ xX]\]\s+/;
const IMAGE = /!\[([^\]\n]*)\]\([^)\s]*(?:\s+"[^"\n]*")?\)/g;
const LINK = /\[([^\]\n]+)\]\([^)\s]*(?:\s+"[^"\n]*")?\)/g;
const LABELLED = /\[([^\]\n]+)\]\[[^\]\n]*\]/g;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^>\s]+)>/g;
const STARS = /(?<![\\*])(\*{1,3})(?=\S)([^\n]*?[^\s*\\])\1/g;
const UNDERSCORES = /(^|[^\w\\])(_{1,3})(?=\S)([^\n]*?[^\s_])\2(?!\w)/g;
const STRUCK = /~~(?=\S)([^\n]*?\S)~~/g;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;
const FORMULA_MARK = /\$\$|\\[()[\]]/g;

/** The words of Markdown without its marks, as they are read: what is copied as plain text and searched. */
export function plainText(markdown: string): string {
  const { settled, tail } = split(EMPTY_SPLIT, markdown);
  const blocks = tail ? [...settled.flat(), tail] : settled.flat();
  return blocks
    .map(plainBlock)
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The words of one block, with its line breaks. */
export function plainBlock(block: Block): string {
  const { kind, source, codeStart, codeEnd } = block;
  if (kind === 'code') {
    const before = /^\s*\n/.exec(source)?.[0] ?? '';
    const code = source.slice(codeStart, codeEnd);
    return `${before}${code}${code.endsWith('\n') ? '' : '\n'}`;
  }
  if (kind === 'plain') return source;
  const table = source.split('\n').some(isDelimiterRow) && source.includes('|');
  return inlineText(
    source
      .split('\n')
      .flatMap((line) => plainLine(line, table))
      .join('\n'),
  );
}

/** The same for a stretch within a line, such as a cell of a table. */
export function inlineText(text: string): string {
  let plain = '';
  let end = 0;
  for (const code of text.matchAll(CODE_SPAN)) {
    plain += withoutMarks(text.slice(end, code.index)) + (code[2] ?? '');
    end = code.index + code[0].length;
  }
  return plain + withoutMarks(text.slice(end));
}

function plainLine(line: string, table: boolean): readonly string[] {
  if (isBlank(line)) return [''];
  if (table && line.includes('|')) {
    if (isDelimiterRow(line)) return [];
    return [tableCells(line).join('\t')];
  }
  return [line.replace(LINE_START, '$1').replace(HEADING_END, '').replace(TASK, '$1')];
}

/** The cells of a row of a table, with the marks that are in them. */
export function tableCells(line: string): readonly string[] {
  const cells = line.trim().split(/(?<!\\)\|/);
  if (cells[0]?.trim() === '') cells.shift();
  if (cells.at(-1)?.trim() === '') cells.pop();
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function withoutMarks(text: string): string {
  let plain = text
    .replace(IMAGE, '$1')
    .replace(LINK, '$1')
    .replace(LABELLED, '$1')
    .replace(AUTOLINK, '$1')
    .replace(FORMULA_MARK, '');
  // Once more for what stands inside another mark.
  for (let depth = 0; depth < 2; depth++) {
    plain = plain.replace(STARS, '$2').replace(UNDERSCORES, '$1$3').replace(STRUCK, '$1');
  }
  return plain.replace(ESCAPED, '$1');
}
