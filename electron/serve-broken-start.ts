import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { BrokenStart, type BrokenStartParts } from './backups/broken-start';
import { type BrokenStartContext, brokenStartRouter } from './rpc/broken-start';

/** Serves the ways on from a store that cannot be opened, instead of the engine. */
export function serveBrokenStart(
  parts: BrokenStartParts & Pick<BrokenStartContext, 'log'>,
): (port: SupportedMessagePort) => void {
  const context = { ways: new BrokenStart(parts), log: parts.log };
  const handler = new RPCHandler(brokenStartRouter);
  return (port) => handler.upgrade(port, { context });
}
