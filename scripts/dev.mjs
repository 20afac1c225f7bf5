/**
 * `npm run dev -- [options of the app]`: the page comes from Vite's server and updates in place; a
 * change to main, preload or the store's worker builds them again and restarts the app.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createNetServer } from 'node:net';
import { forgetBuild } from './build.mjs';
import { root } from './project.mjs';
import { exitCodeOf, runMain, say } from './runtime/say.mjs';
import { launchArguments, prepareRuntime } from './runtime.mjs';

/** Environments of vite.config.ts that are not programs of their own here. */
const SERVED = ['client', 'ssr'];
const RESTART_DELAY = 150;

await runMain(async () => {
  const { electron, display, env } = await prepareRuntime({ display: true });
  const { createServer } = await import('vite');
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const server = await createServer({
    configFile: `${root}/vite.config.ts`,
    // The page's own address is app://slice, so it has to be told where to listen for updates.
    server: {
      host: 'localhost',
      port,
      strictPort: true,
      hmr: { protocol: 'ws', host: 'localhost', clientPort: port },
    },
  });
  await server.listen();
  say(`Serving the page at ${address}.`);
  forgetBuild();

  const app = createApp(electron.executable, { ...env, SLICE_DEV_SERVER_URL: address });
  const watchers = await watchPrograms(() => app.restart());
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.end(signal));
  try {
    return await app.ended;
  } finally {
    await Promise.all(watchers.map((watcher) => watcher.close()));
    await server.close();
    display.stop();
  }
});

/** A port nobody listens on at this moment. */
async function freePort() {
  const probe = createNetServer();
  probe.listen(0, 'localhost');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/**
 * Builds every program but the page and keeps building it. Resolves when all were built once.
 * @param {() => void} onChange called after the first build of all, and after each later one
 */
async function watchPrograms(onChange) {
  process.env.NODE_ENV = 'development';
  const { createBuilder } = await import('vite');
  const builder = await createBuilder({
    configFile: `${root}/vite.config.ts`,
    mode: 'development',
    logLevel: 'warn',
    build: { watch: {} },
  });
  const programs = Object.values(builder.environments).filter(({ name }) => !SERVED.includes(name));
  const built = new Set();
  const watchers = [];
  for (const environment of programs) {
    environment.config.build.watch ??= {};
    const watcher = await builder.build(environment);
    watchers.push(watcher);
    watcher.on('event', (event) => {
      if (event.code === 'ERROR')
        say(`The ${environment.name} build failed: ${event.error.message}`);
      if (event.code !== 'END') return;
      built.add(environment.name);
      if (built.size === programs.length) onChange();
    });
  }
  return watchers;
}

/** One running app, replaced on `restart`; `ended` settles when the person closes it. */
function createApp(executable, env) {
  const args = [...launchArguments(), root, ...process.argv.slice(2)];
  let child;
  let timer;
  let replacing = false;
  let finish;
  const ended = new Promise((resolve) => {
    finish = resolve;
  });

  function start() {
    replacing = false;
    child = spawn(executable, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('close', (code, signal) => (replacing ? start() : finish(exitCodeOf(code, signal))));
  }

  function restartNow() {
    if (!child) return start();
    say('Restarting the app.');
    replacing = true;
    child.kill();
  }

  return {
    ended,
    restart() {
      clearTimeout(timer);
      timer = setTimeout(restartNow, RESTART_DELAY);
    },
    end(signal) {
      clearTimeout(timer);
      replacing = false;
      if (child) child.kill(signal);
      else finish(exitCodeOf(null, signal));
    },
  };
}
