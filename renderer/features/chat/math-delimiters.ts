const DELIMITER = /\$\$|\\\(|\\\[/;
const CODE = /(`+)[^`](?:[\s\S]*?[^`])?\1(?!`)/g;
const INLINE = /\\\(([\s\S]+?)\\\)/g;
const DISPLAY = /^([ \t]*)\\\[([\s\S]+?)\\\][ \t]*$/gm;
const DISPLAY_IN_TEXT = /\\\[([\s\S]+?)\\\]/g;

/** Whether a text may hold a formula. Single dollars are money. */
export function hasMath(text: string): boolean {
  return DELIMITER.test(text);
}

/** Writes `\(…\)` and `\[…\]`, as many models do, with the dollars that the parser knows. */
export function withDollars(text: string): string {
  let result = '';
  let end = 0;
  for (const code of text.matchAll(CODE)) {
    result += converted(text.slice(end, code.index)) + code[0];
    end = code.index + code[0].length;
  }
  return result + converted(text.slice(end));
}

function converted(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(DISPLAY, (_, indent: string, formula: string) => {
      const lines = formula.trim().split('\n').join(`\n${indent}`);
      return `${indent}$$\n${indent}${lines}\n${indent}$$`;
    })
    .replace(DISPLAY_IN_TEXT, (_, formula: string) => `$$${formula.trim()}$$`)
    .replace(INLINE, (_, formula: string) => `$$${formula.trim()}$$`);
}
