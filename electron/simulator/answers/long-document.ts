import { FENCE } from './topic';

const SUBJECTS = [
  'tides',
  'lighthouses',
  'harbour walls',
  'river deltas',
  'salt marshes',
  'sea fog',
  'drift ice',
  'coastal dunes',
] as const;

const SENTENCES = [
  'The first surveys of {s} were made by hand, with a rope, a lead weight and a good deal of patience.',
  'What looks regular from the shore turns out to be the sum of many small and independent movements.',
  'Two neighbouring stations can differ by a factor of three, although they see the same weather.',
  'Older records are less precise, yet they reach back far enough to show slow changes that no instrument could.',
  'Nobody who has studied {s} for long would claim that the average describes a single day.',
  'The **strongest** effects occur when several causes happen to fall together, which is rare but not unpredictable.',
  'A simple model explains about *nine tenths* of what is observed; the rest is where the work lies.',
  'Local names preserve knowledge about {s} that was never written down anywhere else.',
  'Measurements at night agree with those by day, once the temperature is taken into account.',
  'In winter the pattern reverses, and what was a danger becomes a protection.',
  'The figure quoted most often goes back to one report of four pages, printed in 1887.',
  'It pays to look at the raw numbers in `{s}.csv` before trusting any curve drawn through them.',
] as const;

function subject(section: number): string {
  return SUBJECTS[section % SUBJECTS.length] ?? SUBJECTS[0];
}

function paragraph(section: number, first: number): string {
  const sentences: string[] = [];
  for (let i = 0; i < 5; i += 1) {
    const sentence = SENTENCES[(section * 5 + first + i * 7) % SENTENCES.length] ?? SENTENCES[0];
    sentences.push(sentence.replaceAll('{s}', subject(section)));
  }
  return `${sentences.join(' ')}\n\n`;
}

function list(section: number): string {
  const lines = [1, 2, 3, 4].map((step) => {
    const sentence = SENTENCES[(section + step * 5) % SENTENCES.length] ?? SENTENCES[0];
    return `${step}. ${sentence.replaceAll('{s}', subject(section))}`;
  });
  return `${lines.join('\n')}\n\n`;
}

function table(section: number): string {
  const rows = [1, 2, 3, 4, 5].map((row) => {
    const level = ((section * 37 + row * 101) % 900) / 10;
    return `| ${1950 + section + row} | ${level.toFixed(1)} | ${(section * 13 + row * 29) % 365} |`;
  });
  return `| Year | Level (cm) | Day |\n| --- | ---: | ---: |\n${rows.join('\n')}\n\n`;
}

function code(section: number): string {
  return `${FENCE}ts
// Smooths the series of section ${section} with a window of ${3 + (section % 5)} values.
export function smooth${section}(levels: readonly number[]): number[] {
  const half = ${1 + (section % 3)};
  return levels.map((_, at) => {
    const window = levels.slice(Math.max(0, at - half), at + half + 1);
    return window.reduce((sum, level) => sum + level, 0) / window.length;
  });
}
${FENCE}\n\n`;
}

function formula(section: number): string {
  return String.raw`The height at time $t$ is a sum of ${section + 2} components:

$$
h(t) = h_0 + \sum_{k=1}^{${section + 2}} A_k \cos\left(\frac{2\pi t}{T_k} + \varphi_k\right)
$$

`;
}

/**
 * A document without end about the sea, one section at a time: headings, prose, lists, tables, code
 * and mathematics in turn. The same sections every time, without characters outside the basic plane,
 * so it may be cut anywhere.
 */
export function* sections(): Generator<string, never> {
  for (let section = 0; ; section += 1) {
    const level = section % 4 === 0 ? '##' : '###';
    const title = `${level} ${section + 1}. On ${subject(section)}\n\n`;
    const special = [list, table, code, formula][section % 4] ?? list;
    yield title + paragraph(section, 0) + special(section) + paragraph(section, 3);
  }
}

/** The first `length` characters (UTF-16 units) of that document. */
export function longDocument(length: number): string {
  const parts: string[] = [];
  let size = 0;
  for (const section of sections()) {
    if (size >= length) break;
    parts.push(section);
    size += section.length;
  }
  return parts.join('').slice(0, length);
}
