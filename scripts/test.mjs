/**
 * `npm test -- [part …]`: the checks, the tests in plain Node, and the tests in the real Electron.
 * Its last line is always `N passed, N failed`, and counts every test and every check.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runChecks } from './checks.mjs';
import { root, tools } from './project.mjs';
import { ensureKeyring } from './runtime/keyring.mjs';
import { ExpectedFailure, exitCodeOf, runMain, say } from './runtime/say.mjs';
import { ensureDisplay, ensureNative, ownNapi, prepareRuntime } from './runtime.mjs';
import { readTestArguments } from './test-arguments.mjs';
import { closingLine, countPlaywright, countVitest, sum } from './test-counts.mjs';

const IN_NODE = ['unit', 'wire', 'store'];

/** A log that nobody sees on a terminal is easier to read without colours. */
const PLAIN = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };

await runMain(async () => {
  const { parts, rest } = readTestArguments(process.argv.slice(2));
  const reports = mkdtempSync(join(tmpdir(), 'slice-test-'));
  const results = {};
  try {
    if (parts.includes('check')) {
      results.check = await orFailure(() => runChecks());
    }
    const inNode = IN_NODE.filter((part) => parts.includes(part));
    if (inNode.length > 0) {
      Object.assign(results, await testInNode(inNode, rest, join(reports, 'vitest.json')));
    }
    if (parts.includes('e2e')) {
      results.e2e = await orFailure(() => testInElectron(rest, join(reports, 'playwright.json')));
    }
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
  console.log('');
  for (const [part, counts] of Object.entries(results)) {
    const again = counts.retried ? ` (${counts.retried} at the second attempt)` : '';
    console.log(`${part.padEnd(6)} ${closingLine(counts)}${again}`);
  }
  const total = sum(Object.values(results));
  console.log(`\n${closingLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});

async function testInNode(parts, rest, outputFile) {
  try {
    await ensureNative([ownNapi]);
  } catch (error) {
    const counts = tellFailure(error);
    return Object.fromEntries(parts.map((part) => [part, counts]));
  }
  console.log(`\nTests in Node: ${parts.join(', ')}`);
  const code = await runTool([
    tools.vitest,
    'run',
    ...parts.flatMap((part) => ['--project', part]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${outputFile}`,
    '--passWithNoTests',
    ...rest,
  ]);
  return countVitest(readReport(outputFile), parts, code);
}

async function testInElectron(rest, outputFile) {
  const { display, env } = await prepareRuntime({ display: true });
  // Two apps on one screen would take each other's focus and clipboard; each worker has a screen.
  const second = display.virtual && availableParallelism() > 1 ? await ensureDisplay() : null;
  const displays = [display, ...(second ? [second] : [])];
  try {
    await ensureKeyring();
    await ensureBuilt();
    console.log('\nTests in Electron');
    const code = await runTool(
      [
        tools.playwright,
        'test',
        '--config',
        'test/e2e/playwright.config.ts',
        '--reporter=list,json',
        `--workers=${displays.length}`,
        ...rest,
      ],
      {
        ...env,
        PLAYWRIGHT_JSON_OUTPUT_FILE: outputFile,
        SLICE_TEST_DISPLAYS: displays.map((one) => one.env.DISPLAY ?? '').join(','),
      },
    );
    return countPlaywright(readReport(outputFile), code);
  } finally {
    for (const one of displays) one.stop();
  }
}

/** What cannot be set up counts as one failure, and the other parts still run. */
async function orFailure(part) {
  try {
    return await part();
  } catch (error) {
    return tellFailure(error);
  }
}

function tellFailure(error) {
  if (!(error instanceof ExpectedFailure)) throw error;
  say(`\n${error.message}\n${error.remedy ?? ''}`);
  return { passed: 0, failed: 1, skipped: 0 };
}

function runTool(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...PLAIN, ...env },
    });
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(exitCodeOf(code, signal)));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
