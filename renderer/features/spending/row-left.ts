import type { RunId } from '../../../shared/ids';

/** The row that one went to a message from, to find it again on the way back. */
let left: { readonly address: string; readonly run: RunId } | null = null;

export function leaveFrom(address: string, run: RunId): void {
  left = { address, run };
}

/** The row of an address that one comes back to; null for none. Asked once. */
export function cameFrom(address: string): RunId | null {
  const run = left?.address === address ? left.run : null;
  left = null;
  return run;
}
