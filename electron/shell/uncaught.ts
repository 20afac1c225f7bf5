import type { Log } from './log';

/** What `process` is here. */
interface Faults {
  on(
    event: 'uncaughtExceptionMonitor' | 'unhandledRejection',
    heard: (error: unknown) => void,
  ): unknown;
}

/**
 * Has the log know of errors that nobody caught. Those that are thrown stay Electron's, which shows them and goes on;
 * of promises it would only tell the terminal, with words that may be a server's or the user's, so `rejected` decides.
 */
export function logUncaught(faults: Faults, log: Log, rejected: (error: unknown) => void): void {
  faults.on('uncaughtExceptionMonitor', (error) => log.write('an error that nobody caught', error));
  faults.on('unhandledRejection', (error) => {
    log.write('a promise that nobody waited for', error);
    rejected(error);
  });
}
