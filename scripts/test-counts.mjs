/**
 * @typedef {{ passed: number, failed: number, skipped: number, retried?: number }} Counts
 */

/** @returns {Counts} */
export const none = () => ({ passed: 0, failed: 0, skipped: 0 });

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  const total = none();
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  return total;
}

/**
 * The line that ends a test run and that other programs read.
 * @param {Counts} counts
 */
export function closingLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

/**
 * Counts Vitest's JSON report by part, which is the folder below test/.
 * @param {any} report undefined when the run ended before it could write one
 * @param {string[]} parts
 * @param {number} exitCode
 * @returns {Record<string, Counts>}
 */
export function countVitest(report, parts, exitCode) {
  const result = Object.fromEntries(parts.map((part) => [part, none()]));
  for (const file of report?.testResults ?? []) {
    const part = /[\\/]test[\\/]([^\\/]+)[\\/]/.exec(file.name)?.[1];
    const counts = result[part] ?? result[parts[0]];
    for (const { status } of file.assertionResults) counts[vitestOutcome(status)] += 1;
    // A file that does not even load has no tests to report.
    const hasFailure = file.assertionResults.some(({ status }) => status === 'failed');
    if (file.status === 'failed' && !hasFailure) counts.failed += 1;
  }
  // Errors outside of any test.
  if (exitCode !== 0 && sum(Object.values(result)).failed === 0) result[parts[0]].failed += 1;
  for (const counts of Object.values(result)) failWhenEmpty(counts);
  return result;
}

function vitestOutcome(status) {
  if (status === 'passed' || status === 'failed') return status;
  return 'skipped';
}

/**
 * Counts Playwright's JSON report.
 * @param {any} report undefined when the run ended before it could write one
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
  const counts = { passed: expected + flaky, failed: unexpected, skipped, retried: flaky };
  if (exitCode !== 0 && counts.failed === 0) counts.failed = 1;
  return failWhenEmpty(counts);
}

/** A part in which no test ran tells nothing, so it must not look like success. */
function failWhenEmpty(counts) {
  if (counts.passed + counts.failed + counts.skipped === 0) counts.failed = 1;
  return counts;
}
