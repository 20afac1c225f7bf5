import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { tool } from '../project.mjs';

/**
 * A failure that is part of ordinary life (no network, a missing compiler): the person gets one
 * sentence and what to do, never a stack trace.
 */
export class ExpectedFailure extends Error {
  /**
   * @param {string} message What happened, in one sentence.
   * @param {string} [remedy] What to do now: a command or a setting.
   */
  constructor(message, remedy) {
    super(message);
    this.name = 'ExpectedFailure';
    this.remedy = remedy;
  }
}

/**
 * Tells what is being done. Goes to stderr, so that a command whose result is on stdout (a bench
 * with --json) stays readable by another program.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Repeats a line while something long runs, so that nobody takes it for hanging.
 * @param {number} everySeconds
 * @param {(seconds: number) => string} line
 * @returns {() => void} stops it
 */
export function sayEvery(everySeconds, line) {
  const started = Date.now();
  const timer = setInterval(
    () => say(line(Math.round((Date.now() - started) / 1000))),
    everySeconds * 1000,
  );
  return () => clearInterval(timer);
}

/**
 * Runs a command's main function and turns its outcome into the exit code.
 * @param {() => Promise<number | undefined>} main
 */
export async function runMain(main) {
  try {
    if (!existsSync(tool('electron', 'package.json'))) {
      throw new ExpectedFailure('The packages are not installed.', 'Run this once: npm ci');
    }
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error;
    say(`\n${error.message}`);
    if (error.remedy) say(error.remedy);
    process.exitCode = 1;
  }
}

/**
 * The exit code a shell gives a program that ended by a signal.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  return code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15);
}
