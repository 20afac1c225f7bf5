/**
 * `npm run package [-- --dir | --all] [options of electron-builder]`: packs the app for this system into
 * release/. `--dir` (usual) makes the folder of the app alone, `--all` also what is given to users.
 */
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ensureBuilt, forgetBuild } from './build.mjs';
import { packedResources } from './packed-app.mjs';
import { root, tools } from './project.mjs';
import { run } from './runtime/command.mjs';
import { needsBuild, ownBuild } from './runtime/native.mjs';
import { ExpectedFailure, runMain, say } from './runtime/say.mjs';
import { prepareRuntime } from './runtime.mjs';

const require = createRequire(import.meta.url);
const release = join(root, 'release');

await runMain(async () => {
  const args = process.argv.slice(2);
  const all = args.includes('--all');
  const rest = args.filter((arg) => arg !== '--all' && arg !== '--dir');
  const { electron } = await prepareRuntime();
  // A development build has other code in it.
  if (all) forgetBuild();
  await ensureBuilt();
  rmSync(release, { recursive: true, force: true });
  const own = electron.source === 'official' ? [] : runtimeOptions(electron);
  const options = ['--publish', 'never', ...(all ? [] : ['--dir']), ...own, ...rest];
  say(`Packing the app with Electron ${electron.version} …`);
  const { code, stdout, stderr } = await run(process.execPath, [tools.builder, ...options], {
    cwd: root,
  });
  if (code !== 0) {
    say(stdout + stderr);
    throw new ExpectedFailure('The app could not be packed.', 'The lines above say why.');
  }
  const resources = packedResources(release);
  // What Electron runs when there is no app.
  rmSync(join(resources, 'default_app.asar'), { force: true });
  if (needsBuild([electron.napi])) replaceNative(resources);
  say(`The app is in ${release}.`);
  return 0;
});

/** Packs around an Electron that is not the one of package.json, which only serves to try the package. */
function runtimeOptions({ distPath, version }) {
  return [`-c.electronDist=${distPath}`, `-c.electronVersion=${version}`];
}

/** An older Electron crashes on the module that is shipped; this package is for this machine alone. */
function replaceNative(resources) {
  const modules = join(resources, 'app.asar.unpacked', 'node_modules');
  const prebuilds = join(modules, 'better-sqlite3', 'prebuilds');
  const built = ownBuild(dirname(require.resolve('better-sqlite3/package.json')));
  const [shipped] = existsSync(prebuilds) ? readdirSync(prebuilds) : [];
  if (!shipped || !existsSync(built))
    throw new ExpectedFailure('The package has no SQLite module.');
  copyFileSync(built, join(prebuilds, shipped));
  say('This older Electron has a SQLite module of its own: do not give this package away.');
}
