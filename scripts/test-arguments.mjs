import { ExpectedFailure } from './runtime/say.mjs';

export const PARTS = ['check', 'unit', 'wire', 'store', 'e2e'];

/**
 * `npm test -- [part …] [options or filters for that part's runner]`. No part means all of them.
 * @param {string[]} args
 * @returns {{ parts: string[], rest: string[] }}
 */
export function readTestArguments(args) {
  const wanted = args.filter((arg, index) => PARTS.includes(arg) && args.indexOf(arg) === index);
  const rest = args.filter((arg) => !PARTS.includes(arg));
  const parts = wanted.length === 0 ? PARTS : PARTS.filter((part) => wanted.includes(part));
  if (rest.length > 0 && (parts.length !== 1 || parts[0] === 'check')) {
    throw new ExpectedFailure(
      `What is "${rest[0]}"? Options and filters go to one part's runner, so name that part.`,
      `The parts are: ${PARTS.join(', ')}. Example: npm test -- e2e --grep "Stop"`,
    );
  }
  return { parts, rest };
}
