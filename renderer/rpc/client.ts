import { createORPCClient, DynamicLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils, type RouterUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import type { contract } from '../../shared/contract';
import type { brokenStartContract } from '../../shared/contract/broken-start';

export type Client = ContractRouterClient<typeof contract>;

/** What the preload listens for; it hands the port that comes with it to the main process. */
const PORT_MESSAGE = { type: 'slice:port' };

type Link = RPCLink<Record<never, never>>;

let link: Link | null = null;

function openLink(): Link {
  const { port1, port2 } = new MessageChannel();
  const opened = new RPCLink({ port: port1 });
  port1.addEventListener('close', () => {
    if (link === opened) link = null;
  });
  port1.start();
  // A page from a file or a custom scheme has an opaque origin, which cannot be named as a target.
  const origin = location.origin === 'null' ? '*' : location.origin;
  window.postMessage(PORT_MESSAGE, origin, [port2]);
  return opened;
}

let mayCall: Promise<void> = Promise.resolve();

/** Has every call to main, the first one too, wait until then. */
export function holdCalls(until: Promise<void>): void {
  mayCall = until;
}

/** Hands the main process its end of the line. A call after main closed it opens a new one. */
export async function connectToMain(): Promise<void> {
  await mayCall;
  link ??= openLink();
}

const line = new DynamicLink(async () => {
  await mayCall;
  link ??= openLink();
  return link;
});

/** Everything the page can ask of the main process. */
export const client: Client = createORPCClient(line);

/** What it can ask instead when the store cannot be opened; at any other time nothing answers there. */
export const brokenStart: ContractRouterClient<typeof brokenStartContract> = createORPCClient(line);

/** Query and mutation options for each route. */
export const orpc: RouterUtils<Client> = createTanstackQueryUtils(client);

/**
 * Stored data. It is asked for again when the feed says that it changed, never by time or focus; and
 * since main answers without a network, no query waits for one.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
