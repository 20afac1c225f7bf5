import { rm } from 'node:fs/promises';
import { type AppUpdater, autoUpdater, CancellationToken, type UpdateInfo } from 'electron-updater';
import { describedOffer } from '../updates/description';
import { UpdateError } from '../updates/problem';
import { Replacement } from '../updates/replacement';
import type { UpdateSource } from '../updates/updates';
import { startAtEnd } from './app-image';

/** An answer about versions that takes longer is none, in milliseconds. */
const LONGEST_LOOK_MS = 30_000;
/** A load of which nothing has come for so long is over, in milliseconds. */
const LONGEST_SILENCE_MS = 60_000;

/** Electron-builder's updater, tamed. `config` names the server where the package does not. */
export function loadUpdater(config: string | null): UpdateSource {
  autoUpdater.autoDownload = false;
  // The end of the app is ours; only macOS itself replaces what it was given, once the app has ended.
  autoUpdater.autoInstallOnAppQuit = process.platform === 'darwin';
  autoUpdater.disableDifferentialDownload = true;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.allowDowngrade = false;
  autoUpdater.isUserWithinRollout = () => true;
  // It writes addresses and paths.
  autoUpdater.logger = null;
  // Errors are thrown as well; without a listener they would end the app.
  autoUpdater.on('error', () => undefined);
  nameNobody(autoUpdater);
  if (config !== null) {
    autoUpdater.forceDevUpdateConfig = true;
    autoUpdater.updateConfigPath = config;
  }
  return process.platform === 'linux' && process.env.APPIMAGE
    ? appImageSource(autoUpdater, process.env.APPIMAGE)
    : installerSource(autoUpdater);
}

/** The updater makes a number for each installation and sends it; ours all have the same. */
function nameNobody(updater: AppUpdater): void {
  const nobody = '00000000-0000-0000-0000-000000000000';
  Object.defineProperty(updater, 'stagingUserIdPromise', {
    value: { value: Promise.resolve(nobody) },
  });
}

/** The updater finds and loads; the file is put in its place by ourselves, whole or not at all. */
function appImageSource(updater: AppUpdater, place: string): UpdateSource {
  let found: UpdateInfo | null = null;
  let replacement: Replacement | null = null;
  return {
    look: async () => {
      found = await newer(updater);
      return found && describedOffer(found);
    },
    load: async (told) => {
      const [file] = await loaded(updater, told);
      const sha512 = found?.files.find(({ url }) => file?.endsWith(url))?.sha512;
      if (file === undefined || sha512 === undefined) throw new UpdateError('metadata');
      replacement = await Replacement.prepare(file, place, sha512);
      await rm(file, { force: true });
    },
    install: async (again) => {
      if (!replacement) return;
      await replacement.take();
      // What it was once started to open has been opened.
      const switches = process.argv.slice(1).filter((word) => word.startsWith('-'));
      if (again) startAtEnd(place, switches);
    },
  };
}

/** Windows' installer and macOS' own updater check signatures and do the rest. */
function installerSource(updater: AppUpdater): UpdateSource {
  return {
    look: async () => {
      const found = await newer(updater);
      return found && describedOffer(found);
    },
    load: async (told) => void (await loaded(updater, told)),
    install: async (again) => {
      if (process.platform === 'darwin' && !again) return;
      updater.quitAndInstall(true, again);
    },
  };
}

async function newer(updater: AppUpdater): Promise<UpdateInfo | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new UpdateError('unreachable')), LONGEST_LOOK_MS);
  });
  try {
    const found = await Promise.race([updater.checkForUpdates(), late]);
    return found?.isUpdateAvailable ? found.updateInfo : null;
  } finally {
    clearTimeout(timer);
  }
}

async function loaded(
  updater: AppUpdater,
  told: (percent: number) => void,
): Promise<readonly string[]> {
  const token = new CancellationToken();
  const silent = () => token.cancel();
  let timer = setTimeout(silent, LONGEST_SILENCE_MS);
  const progress = ({ percent }: { percent: number }) => {
    clearTimeout(timer);
    timer = setTimeout(silent, LONGEST_SILENCE_MS);
    told(percent);
  };
  updater.on('download-progress', progress);
  try {
    return await updater.downloadUpdate(token);
  } finally {
    clearTimeout(timer);
    updater.off('download-progress', progress);
  }
}
