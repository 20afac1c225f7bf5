import type { Preset } from '../../shared/contract/preset';
import type { PresetId } from '../../shared/ids';
import { readPresets, writePresets } from '../runs/preset-file';
import { base } from './base';
import type { RpcParts } from './parts';

const routes = base.presets;

/** Spending with a preset is counted over this many milliseconds: 30 days. */
const SPENT_MS = 30 * 24 * 3_600_000;

const since = () => Date.now() - SPENT_MS;

function changed({ store, feed }: RpcParts, id: PresetId): Promise<Preset> {
  feed.changed('presets');
  return store.read.getPreset(id, since());
}

async function changedAll({ store, feed }: RpcParts, ids: readonly PresetId[]): Promise<Preset[]> {
  feed.changed('presets');
  const presets = await store.read.listPresets(since());
  return presets.filter(({ id }) => ids.includes(id));
}

export const presets = {
  list: routes.list.handler(({ context }) => context.store.read.listPresets(since())),
  create: routes.create.handler(async ({ context, input, errors }) => {
    const [id] = await context.store.write.insertPresets([input], Date.now());
    if (id === undefined) throw errors.internal({ data: { code: 'internal' } });
    return changed(context, id);
  }),
  change: routes.change.handler(async ({ context, input: { id, name, content } }) => {
    await context.store.write.changePreset(id, {
      ...(name !== undefined && { name }),
      ...(content !== undefined && { content }),
    });
    return changed(context, id);
  }),
  duplicate: routes.duplicate.handler(async ({ context, input }) =>
    changed(context, await context.store.write.duplicatePreset(input.id, Date.now())),
  ),
  remove: routes.remove.handler(async ({ context, input }) => {
    await context.store.write.removePreset(input.id, Date.now());
    context.feed.changed('presets');
  }),
  restore: routes.restore.handler(async ({ context, input }) => {
    await context.store.write.restorePreset(input.id);
    context.feed.changed('presets');
  }),
  reorder: routes.reorder.handler(async ({ context, input }) => {
    await context.store.write.reorderPresets(input.ids);
    context.feed.changed('presets');
  }),
  setDefault: routes.setDefault.handler(async ({ context, input }) => {
    await context.store.write.setDefaultPreset(input.id);
    context.feed.changed('presets');
  }),
  exportFile: routes.exportFile.handler(async ({ context, input }) => {
    const { read } = context.store;
    const [all, connections] = await Promise.all([
      read.listPresets(since()),
      read.listConnections(),
    ]);
    const chosen = all.filter(({ id }) => input.ids.includes(id));
    const [only] = chosen.length === 1 ? chosen : [];
    const name = `${only?.name ?? 'presets'}.json`;
    const path = await context.saveFile(name, writePresets(chosen, connections));
    return path === null ? null : { path, count: chosen.length };
  }),
  importFile: routes.importFile.handler(async ({ context }) => {
    const file = await context.openFile();
    if (file === null) return null;
    const connections = await context.store.read.listConnections();
    const { presets: found, skipped } = readPresets(file.text, connections);
    const ids = await context.store.write.insertPresetsApart(found, Date.now());
    return { added: await changedAll(context, ids), skipped };
  }),
  listPrompts: routes.listPrompts.handler(({ context }) => context.store.read.listPrompts()),
  savePrompt: routes.savePrompt.handler(async ({ context, input }) => {
    const prompt = await context.store.write.savePrompt(input, Date.now());
    context.feed.changed('presets');
    return prompt;
  }),
  removePrompt: routes.removePrompt.handler(async ({ context, input }) => {
    await context.store.write.removePrompt(input.id);
    context.feed.changed('presets');
  }),
};
