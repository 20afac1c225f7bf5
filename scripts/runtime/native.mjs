import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { installPackages } from './apt.mjs';
import { cacheDirectory, inWorkFolder } from './cache.mjs';
import { findProgram, run } from './command.mjs';
import { ExpectedFailure, say, sayEvery } from './say.mjs';

/** better-sqlite3's prebuilt binaries ask for this Node-API version and crash on an older one. */
const PREBUILT_NAPI = 10;

/** Lifts the functions it needs out of the older header's experimental part. */
const CXXFLAGS =
  '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NO_WARNING -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT';

const BINARY = 'better_sqlite3.node';
const MARK = 'made-for.txt';

const require = createRequire(import.meta.url);

/**
 * @param {number[]} napiVersions Of all the programs that will load the module.
 */
export function needsBuild(napiVersions) {
  return napiVersions.some((version) => version < PREBUILT_NAPI);
}

/** Names one build in the cache: what it was made from and what it was made for. */
export function buildKey(version, napi, platform = process.platform, arch = process.arch) {
  return `better-sqlite3-${version}-napi${napi}-${platform}-${arch}`;
}

/**
 * Sees to it that SQLite loads in this Node and in the given Electron. On a current pair nothing is
 * to be done; an older one gets a build of its own, made once per machine, in the place where
 * better-sqlite3 looks before it takes its prebuilt binary (`build/Release`).
 * @param {number[]} napiVersions
 */
export async function ensureNative(napiVersions) {
  if (!needsBuild(napiVersions)) return;
  const folder = dirname(require.resolve('better-sqlite3/package.json'));
  const { version } = require('better-sqlite3/package.json');
  const key = buildKey(version, Math.min(...napiVersions));
  if (isInPlace(folder, key)) return;
  const cached = join(cacheDirectory(), key, BINARY);
  if (!existsSync(cached)) {
    await inWorkFolder(key, async (work) => {
      if (existsSync(cached)) return;
      const built = await build(folder, work);
      await proveLoads(built);
      const result = join(work, 'result');
      mkdirSync(result);
      renameSync(built, join(result, BINARY));
      renameSync(result, dirname(cached));
    });
  }
  putInPlace(folder, key, cached);
}

/** The build of its own that better-sqlite3's folder holds for an older Node or Electron. */
export function ownBuild(folder) {
  return join(folder, 'build', 'Release', BINARY);
}

function isInPlace(folder, key) {
  const release = join(folder, 'build', 'Release');
  try {
    return readFileSync(join(release, MARK), 'utf8') === key && existsSync(join(release, BINARY));
  } catch {
    return false;
  }
}

/** The binary appears whole or not at all: a half one would crash whoever loads it. */
function putInPlace(folder, key, cached) {
  const release = join(folder, 'build', 'Release');
  mkdirSync(release, { recursive: true });
  const whole = join(release, `${BINARY}.${process.pid}`);
  copyFileSync(cached, whole);
  renameSync(whole, join(release, BINARY));
  writeFileSync(join(release, MARK), key);
}

/**
 * Compiles a copy, so that neither a stopped build nor a second one leaves traces in node_modules.
 * @returns {Promise<string>} the binary
 */
async function build(folder, work) {
  await ensureCompiler();
  const modules = join(work, 'node_modules');
  const copy = join(modules, 'better-sqlite3');
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => !['prebuilds', 'build'].includes(basename(path)) || dirname(path) !== folder,
  });
  const headers = dirname(createRequire(join(folder, 'x')).resolve('node-addon-api/package.json'));
  cpSync(headers, join(modules, 'node-addon-api'), { recursive: true });

  say('Compiling SQLite for this older Node or Electron (about a minute, only this once) …');
  const stop = sayEvery(15, (seconds) => `  still compiling (${seconds} s)`);
  const result = await run(
    process.execPath,
    [
      require.resolve('node-gyp/bin/node-gyp.js'),
      'rebuild',
      '--release',
      '--force_build=1',
      ...nodeHeaders(),
    ],
    { cwd: copy, env: { ...process.env, CXXFLAGS } },
  );
  stop();
  const binary = join(copy, 'build', 'Release', BINARY);
  if (result.code === 0 && existsSync(binary)) return binary;
  const log = join(cacheDirectory(), 'sqlite-build.log');
  writeFileSync(log, result.stdout + result.stderr);
  throw new ExpectedFailure(
    'SQLite could not be compiled.',
    `What the compiler said is in ${log}. With Node 22.14 or newer nothing has to be compiled for Node.`,
  );
}

async function ensureCompiler() {
  const missing = [
    ['python3', 'python3'],
    ['make', 'make'],
    ['g++', 'g++'],
  ].filter(([program]) => !findProgram(program));
  if (missing.length === 0 || process.platform === 'win32') return;
  if (process.platform !== 'linux') {
    throw new ExpectedFailure(
      'SQLite must be compiled for this older Node, and the compiler is missing.',
      'Run xcode-select --install, or use Node 22.14 or newer.',
    );
  }
  await installPackages(
    missing.map(([, name]) => name),
    'SQLite must be compiled for this older Node, and the tools for it are missing',
  );
}

/** Headers that came with this Node spare a download. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  const present = existsSync(join(prefix, 'include', 'node', 'node_api.h'));
  return present ? [`--nodedir=${prefix}`] : [];
}

/** In a process of its own, because a wrong binary does not throw, it crashes. */
async function proveLoads(binary) {
  const { code } = await run(process.execPath, ['-e', 'require(process.argv[1])', binary]);
  if (code !== 0) throw new ExpectedFailure('SQLite was compiled, but this Node cannot load it.');
}
