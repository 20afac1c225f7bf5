/** Longer lines wrap for sure. */
const LONGEST_MEASURED = 400;

let context: CanvasRenderingContext2D | null | undefined;

/** Whether nothing stands above the cursor's line, as it is drawn. */
export function isOnFirstLine(box: HTMLTextAreaElement): boolean {
  const { value, selectionStart: caret, selectionEnd } = box;
  if (caret !== selectionEnd) return false;
  if (caret === 0) return true;
  if (caret > LONGEST_MEASURED || value.slice(0, caret).includes('\n')) return false;
  const word = /^\S*/.exec(value.slice(caret, caret + LONGEST_MEASURED))?.[0] ?? '';
  return fits(box, value.slice(0, caret) + word);
}

/** Whether nothing stands below it. */
export function isOnLastLine(box: HTMLTextAreaElement): boolean {
  const { value, selectionStart, selectionEnd: caret } = box;
  if (caret !== selectionStart) return false;
  if (caret === value.length) return true;
  if (value.indexOf('\n', caret) >= 0) return false;
  const line = value.slice(value.lastIndexOf('\n', caret - 1) + 1);
  return line.length <= LONGEST_MEASURED && fits(box, line);
}

/** Whether a line is drawn without wrapping. */
function fits(box: HTMLTextAreaElement, line: string): boolean {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return line.length < 40;
  const { font, paddingLeft, paddingRight } = getComputedStyle(box);
  context.font = font;
  const room = box.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  return context.measureText(line).width <= room;
}
