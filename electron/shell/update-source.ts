import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { feedAddress } from '../updates/feed-address';
import type { UpdateSource } from '../updates/updates';
import { ownAppImage } from './app-image';

/**
 * Where new versions come from and how they take this app's place; null where nothing of that is known: an app that
 * is not packed, one that the system's own packages keep, and one that was packed without a server.
 */
export function updateSource(): (() => Promise<UpdateSource>) | null {
  if (process.platform === 'linux' && ownAppImage() === null) return null;
  if (!app.isPackaged) {
    const address = process.env.SLICE_UPDATE_URL;
    return address ? () => load(tryOutConfig(address)) : null;
  }
  return namedFeed() === null ? null : () => load(null);
}

function namedFeed(): URL | null {
  try {
    return feedAddress(readFileSync(join(process.resourcesPath, 'app-update.yml'), 'utf8'));
  } catch {
    return null;
  }
}

/** What the packed app has beside it, for one that is being worked on. */
function tryOutConfig(url: string): string {
  const file = join(app.getPath('userData'), 'app-update.yml');
  const lines = ['provider: generic', `url: ${JSON.stringify(url)}`, 'updaterCacheDirName: slice'];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** What is behind it is large and loaded only once somebody is to be asked. */
async function load(config: string | null): Promise<UpdateSource> {
  const { loadUpdater } = await import('./updater');
  return loadUpdater(config);
}
