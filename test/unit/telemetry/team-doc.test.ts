import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRIC_FIELDS, METRICS } from '../../../electron/telemetry/genai-metrics';
import { SPAN_FIELDS } from '../../../electron/telemetry/genai-span';

const page = readFileSync('docs/team.md', 'utf8');

/** The rows of the table under a heading. */
function rows(heading: string): string[] {
  const [, section = ''] = page.split(`\n### ${heading}\n`);
  const [own = ''] = section.split(/\n##+ /);
  return own.split('\n').filter((line) => line.startsWith('| `'));
}

describe('docs/team.md', () => {
  it('lists every field of a span, in their order', () => {
    expect(rows('Spans')).toEqual(
      Object.entries(SPAN_FIELDS).map(
        ([name, { type, about }]) => `| \`${name}\` | ${type} | ${about} |`,
      ),
    );
  });

  it('lists every metric and what they are told apart by', () => {
    expect(rows('Metrics')).toEqual(
      Object.entries(METRICS).map(
        ([name, { kind, unit, about }]) => `| \`${name}\` | ${kind} | \`${unit}\` | ${about} |`,
      ),
    );
    for (const name of METRIC_FIELDS) expect(page).toContain(`\`${name}\``);
  });
});
