import { type NanoUsd, nano, type Total } from '../../../shared/money';

/** What an answer with a preset costs on average; null while no cost of one is known. */
export function costPerAnswer({ known, estimated, runs, unknown, running }: Total): NanoUsd | null {
  const priced = runs - unknown - running;
  return priced > 0 ? nano((known + estimated) / BigInt(priced)) : null;
}
