import { diagnosticsText } from '../health/diagnostics-text';
import { readSettings } from './app';
import { base } from './base';
import type { RpcParts } from './parts';

const routes = base.health;

/** So many of the last faults are told. */
const FAULTS = 20;

export const health = {
  state: routes.state.handler(({ context }) => context.health.state()),
  check: routes.check.handler(({ context, input }) => context.health.check(input.part)),
  mend: routes.mend.handler(({ context, input }) => context.health.mend(input.part)),
  diagnostics: routes.diagnostics.handler(({ context }) => diagnostics(context)),
};

async function diagnostics(context: RpcParts): Promise<string> {
  const { store, runtime } = context;
  // What cannot be read is a reason to ask for help, not one to have nothing to say.
  const [settings, connections, telemetry, health, backups, figures] = await Promise.all([
    readSettings(store).catch(() => null),
    context.connections.list().catch(() => null),
    context.telemetry.state().catch(() => null),
    context.health.state(),
    context.backups.state(),
    context.health.figures().catch(() => null),
  ]);
  return diagnosticsText({
    at: Date.now(),
    info: context.info(),
    ...runtime(),
    settings,
    connections,
    telemetry,
    keys: context.connections.keyStrength(),
    health,
    backups,
    trouble: store.trouble.now,
    figures,
    faults: context.lastFaults(FAULTS),
  });
}
