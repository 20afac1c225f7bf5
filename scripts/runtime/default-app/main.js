/**
 * What `electron <folder>` runs first. The fallback runtime comes without it, so this stands in for
 * Electron's own default app: it loads the app in the folder named on the command line.
 *
 * An ES module with a top-level await on purpose: Electron is not `ready` before it has ended, so
 * the app can still register its schemes.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const { preloads, target } = readArguments(process.argv.slice(1));
for (const file of preloads) require(resolve(file));

if (target === undefined) {
  process.stderr.write('No app folder was given.\n');
  app.exit(2);
} else {
  await load(resolve(target));
}

/** Switches may stand before the app's folder; `-r file` is how Playwright gets in first. */
function readArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index];
    if (arg === '-r' || arg === '--require') {
      index += 1;
      preloads.push(args[index]);
    } else if (!arg.startsWith('-')) {
      return { preloads, target: arg };
    }
  }
  return { preloads, target: undefined };
}

async function load(path) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  let main = path;
  const manifest = join(path, 'package.json');
  if (existsSync(manifest)) {
    const { name, productName, version, main: entry } = JSON.parse(readFileSync(manifest, 'utf8'));
    if (version) app.setVersion(version);
    if (productName ?? name) app.setName(productName ?? name);
    app.setDesktopName(`${app.name}.desktop`);
    app.setAppPath(path);
    main = resolve(path, entry ?? 'index.js');
  }
  try {
    await import(pathToFileURL(main).href);
  } catch (error) {
    process.stderr.write(`The app in ${path} could not be started.\n${error?.stack ?? error}\n`);
    app.exit(1);
  }
}
