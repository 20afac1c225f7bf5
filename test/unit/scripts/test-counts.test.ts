import { describe, expect, it } from 'vitest';
import { closingLine, countPlaywright, countVitest, sum } from '../../../scripts/test-counts.mjs';

const file = (name: string, ...statuses: string[]) => ({
  name: `/home/me/slice/test/${name}`,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status) => ({ status })),
});

describe('the closing line', () => {
  it('names the skipped tests only when there are some', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
  });

  it('adds up all parts', () => {
    const part = { passed: 1, failed: 2, skipped: 3 };
    expect(sum([part, part])).toEqual({ passed: 2, failed: 4, skipped: 6 });
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('counting Vitest', () => {
  const testResults = [
    file('unit/money.test.ts', 'passed', 'passed', 'pending'),
    file('unit/deep/er.test.ts', 'todo'),
    file('wire/sse.test.ts', 'passed', 'failed'),
  ];

  it('counts each part by the folder of its files', () => {
    expect(countVitest({ testResults }, ['unit', 'wire'], 1)).toEqual({
      unit: { passed: 2, failed: 0, skipped: 2 },
      wire: { passed: 1, failed: 1, skipped: 0 },
    });
  });

  it('counts a file that does not load as one failure', () => {
    const broken = { ...file('unit/broken.test.ts'), status: 'failed' };
    const report = { testResults: [...testResults, broken] };
    expect(countVitest(report, ['unit', 'wire'], 1).unit).toEqual({
      passed: 2,
      failed: 1,
      skipped: 2,
    });
  });

  it('never turns a failed run without failed tests into success', () => {
    const report = { testResults: [file('unit/money.test.ts', 'passed')] };
    expect(countVitest(report, ['unit'], 1).unit?.failed).toBe(1);
    expect(countVitest(undefined, ['unit'], 1).unit?.failed).toBe(1);
  });

  it('takes a part without any test for a failure', () => {
    expect(countVitest({ testResults }, ['unit', 'wire', 'store'], 1).store?.failed).toBe(1);
  });
});

describe('counting Playwright', () => {
  it('reads its totals', () => {
    const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats }, 1)).toEqual({ passed: 8, failed: 1, skipped: 2, retried: 1 });
  });

  it('never turns a run that broke down into success', () => {
    const stats = { expected: 7, unexpected: 0, flaky: 0, skipped: 0 };
    expect(countPlaywright({ stats }, 1).failed).toBe(1);
    expect(countPlaywright(undefined, 1).failed).toBe(1);
    expect(countPlaywright(undefined, 0).failed).toBe(1);
  });
});
