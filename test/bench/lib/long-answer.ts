const SUBJECTS = ['tides', 'harbours', 'dunes', 'currents', 'sandbanks', 'lighthouses'] as const;

const SENTENCES = [
  'What looks regular from the shore is the sum of **many small movements** that are independent.',
  'Two stations that stand side by side differ by a factor of three, *although they see the same weather*.',
  'The oldest records of {s} were made by hand, with a rope, a weight and `{s}.csv` in somebody’s memory.',
  'A simple model with $$n = {n}$$ terms explains nine tenths; the [rest](https://example.org/{s}) is the work.',
  'In winter the pattern turns round, and what was a danger becomes a protection ~~for all~~ for most.',
  'Nobody who has studied {s} would say that the mean $$\\bar{x}_{{n}}$$ describes a single day.',
  'It pays to look at the numbers before one trusts a curve that was drawn through {n} of them.',
] as const;

const CODE: readonly (readonly [string, string])[] = [
  [
    'ts',
    `/** Smooths the levels with a window of {n} values. */
export function smooth{n}(levels: readonly number[]): number[] {
  const half = Math.floor({n} / 2);
  return levels.map((_, at) => {
    const window = levels.slice(Math.max(0, at - half), at + half + 1);
    return window.reduce((sum, level) => sum + level, 0) / window.length;
  });
}`,
  ],
  [
    'python',
    `import csv
from dataclasses import dataclass

@dataclass(frozen=True)
class Reading{n}:
    station: str
    level: float = 0.5

def readings(path: str) -> list[Reading{n}]:
    """All readings of a file, without its {n} lines of remarks."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))[{n}:]
    return [Reading{n}(row["station"], float(row["level"])) for row in rows]`,
  ],
  [
    'sql',
    `SELECT station, round(avg(level), 2) AS mean, count(*) AS readings
FROM reading
WHERE taken_at >= date('now', '-{n} days') AND level IS NOT NULL
GROUP BY station HAVING count(*) > {n}
ORDER BY mean DESC;`,
  ],
  [
    'rust',
    `fn highest(levels: &[f64]) -> Option<f64> {
    // Not a number compares with nothing, so it is left out first.
    let mut best = None;
    for &level in levels.iter().filter(|level| !level.is_nan()).take({n}) {
        best = match best {
            Some(known) if known >= level => Some(known),
            _ => Some(level),
        };
    }
    best
}`,
  ],
  ['json', `{ "station": "north-{n}", "levels": [1.5, 2.25, null], "closed": false }`],
  [
    'bash',
    `set -euo pipefail
for file in data/*-{n}.csv; do
  tail -n +2 "$file" | sort -t, -k2,2n | head -n {n} >> "out/$(basename "$file")"
done`,
  ],
];

const FORMULA = String.raw`$$
h_{{n}}(t) = h_0 + \sum_{k=1}^{{n}} A_k \cos\left(\frac{2\pi t}{T_k} + \varphi_k\right)
  + \int_0^t \sqrt{1 + \lambda_k^2}\,\mathrm{d}s
$$`;

function of<Value>(list: readonly [Value, ...Value[]] | readonly Value[], index: number): Value {
  const value = list[index % list.length];
  if (value === undefined) throw new Error('the list is empty');
  return value;
}

function section(index: number): string {
  const fill = (text: string) =>
    text.replaceAll('{s}', of(SUBJECTS, index)).replaceAll('{n}', String(2 + (index % 9)));
  const prose = (first: number) =>
    [0, 1, 2, 3].map((at) => fill(of(SENTENCES, index + first + at * 3))).join(' ');
  const [language, code] = of(CODE, index);
  const rows = [1, 2, 3, 4, 5].map(
    (row) => `| ${1950 + index + row} | ${((index * 37 + row * 101) % 900) / 10} | \`${row}\` |`,
  );
  const special = [
    `\`\`\`${language}\n${fill(code)}\n\`\`\``,
    ['| Year | Level | Station |', '| --- | ---: | --- |', ...rows].join('\n'),
    FORMULA.replaceAll('{n}', String(2 + (index % 9))),
    [1, 2, 3].map((at) => `${at}. ${fill(of(SENTENCES, index + at))}`).join('\n'),
    ['[x] measured', '[ ] drawn', '[ ] told'].map((item) => `- ${item}`).join('\n'),
  ];
  const title = `${index % 5 === 0 ? '##' : '###'} ${index + 1}. On ${of(SUBJECTS, index)}`;
  return [title, prose(0), of(special, index), prose(2), of(special, index + 1), ''].join('\n\n');
}

/** What a long answer ends with, so that it can be seen whether all of it is there. */
export const LONG_ANSWER_END = 'Here the long answer ends.';

/**
 * An answer of so many characters, the same every time: prose with marks and formulas, code in six
 * languages, tables, mathematics and lists in turn.
 */
export function longAnswer(characters: number): string {
  const end = `\n\n${LONG_ANSWER_END}`;
  const room = characters - end.length;
  let text = '';
  for (let index = 0; ; index += 1) {
    const next = section(index);
    // A cut could leave code or a formula open, and nothing after it would be Markdown.
    if (text.length + next.length > room) break;
    text += next;
  }
  const filler = 'And so it goes on. ';
  return text + filler.repeat(room / filler.length + 1).slice(0, room - text.length) + end;
}
