import type { ConnectionOptions, SealedKey } from '../../shared/contract/connection';
import { withPassword } from '../../shared/proxy-password';
import type { KeySeal } from '../runs/key-seal';
import { base } from './base';

const routes = base.connections;

export const connections = {
  list: routes.list.handler(({ context }) => context.connections.list()),
  create: routes.create.handler(async ({ context, input, signal }) => {
    const { key: sealed, proxyPassword, options, ...rest } = input;
    const key = await context.keySeal.open(sealed);
    const proxy = await openProxy(options?.proxy, proxyPassword, context.keySeal);
    return context.connections.create({ ...rest, key, options: { ...options, ...proxy } }, signal);
  }),
  change: routes.change.handler(async ({ context, input, signal }) => {
    const setHeaders = await Promise.all(
      (input.setHeaders ?? []).map(async ({ name, value }) => ({
        name,
        value: await context.keySeal.openHeader(value),
      })),
    );
    const { key: sealed, proxyPassword, ...rest } = input;
    const key = sealed && (await context.keySeal.open(sealed));
    const proxy = await openProxy(rest.proxy, proxyPassword, context.keySeal);
    return context.connections.change(
      { ...rest, ...proxy, setHeaders, ...(key && { key }) },
      signal,
    );
  }),
  remove: routes.remove.handler(({ context, input }) => context.connections.remove(input.id)),
  restore: routes.restore.handler(({ context, input }) => context.connections.restore(input.id)),
  setKey: routes.setKey.handler(async ({ context, input, signal }) => {
    const key = await context.keySeal.open(input.key);
    return context.connections.setKey(input.id, key, input.allowWeak, signal);
  }),
  forgetKey: routes.forgetKey.handler(({ context, input }) =>
    context.connections.forgetKey(input.id),
  ),
  forgetLearned: routes.forgetLearned.handler(({ context, input }) =>
    context.connections.forgetLearned(input.id),
  ),
  check: routes.check.handler(({ context, input }) => context.servers.check(input.id)),
  test: routes.test.handler(({ context, input, signal }) => context.servers.test(input.id, signal)),
  activity: routes.activity.handler(({ context, input }) => context.servers.activity(input.id)),
  catalogue: routes.catalogue.handler(({ context, input }) => context.servers.catalogue(input.id)),
  refreshCatalogue: routes.refreshCatalogue.handler(({ context, input, signal }) =>
    context.servers.refreshCatalogue(input.id, signal),
  ),
  modelRecords: routes.modelRecords.handler(({ context, input }) =>
    context.servers.modelRecords(input.id),
  ),
  setFavourite: routes.setFavourite.handler(({ context, input }) =>
    context.servers.setFavourite(input.id, input.model, input.favourite),
  ),
  keyStrength: routes.keyStrength.handler(({ context }) => context.connections.keyStrength()),
  sealingKey: routes.sealingKey.handler(({ context }) => context.keySeal.publicKey()),
  chooseCaFile: routes.chooseCaFile.handler(({ context }) => context.chooseCaFile()),
};

/** The chosen proxy with the password that came along with it. */
async function openProxy(
  proxy: ConnectionOptions['proxy'] | undefined,
  password: SealedKey | undefined,
  keySeal: KeySeal,
): Promise<Partial<Pick<ConnectionOptions, 'proxy'>>> {
  if (proxy === undefined || password === undefined) return {};
  return { proxy: withPassword(proxy, await keySeal.openHeader(password)) };
}
