import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, type Slice, test } from './app';

/** What the window's page was made with. */
function preferencesOf(slice: Slice) {
  return slice.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const given: unknown =
      contents && Reflect.get(contents, 'getLastWebPreferences')?.call(contents);
    return given as Record<string, unknown>;
  });
}

/** A page elsewhere that says when it was asked for. */
async function elsewhere() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    response.end('<title>elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { asked, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

test('the page is sandboxed, apart from the preload, and has nothing of Node or of ours in it', async ({
  launch,
}) => {
  const slice = await launch();
  await slice.page.getByRole('heading', { name: 'Connect' }).waitFor();
  expect(await preferencesOf(slice)).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  const found = await slice.page.evaluate(() =>
    [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      'api',
      'slice',
    ].filter((name) => Reflect.has(window, name)),
  );
  expect(found).toEqual([]);
  expect(await slice.page.evaluate(() => window.origin)).toBe('app://slice');
});

test('the policy of the page lets no script, frame, form or connection through but its own', async ({
  launch,
}) => {
  const slice = await launch();
  const { page } = slice;
  const other = await elsewhere();
  await page.getByRole('heading', { name: 'Connect' }).waitFor();
  const violated = await page.evaluate(async (url) => {
    const seen = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      seen.add(effectiveDirective),
    );
    const add = (name: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.textContent = text;
      document.body.append(element);
      return element;
    };
    add('script', {}, 'window.ran = 1');
    add('script', { src: `${url}/script.js` });
    add('script', { src: 'data:text/javascript,window.ran=1' });
    add('img', { src: `${url}/image.png` });
    add('img', { src: 'nowhere', onerror: 'window.ran = 1' });
    add('iframe', { src: url });
    add('iframe', { srcdoc: '<script>parent.ran = 1</script>' });
    add('object', { data: url });
    add('link', { rel: 'stylesheet', href: `${url}/style.css` });
    add('video', { src: `${url}/video.mp4` });
    add('base', { href: url });
    const form = add('form', { action: url });
    if (form instanceof HTMLFormElement) form.submit();
    await fetch(url).catch(() => undefined);
    new WebSocket(url.replace('http', 'ws')).onerror = () => undefined;
    // Later, because what the automation runs itself may do so.
    setTimeout(() => new Function('window.ran = 1')());
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { seen: [...seen], ran: Reflect.get(window, 'ran') };
  }, other.url);
  expect(violated.ran).toBeUndefined();
  expect(violated.seen.toSorted()).toEqual(
    expect.arrayContaining([
      'base-uri',
      'connect-src',
      'form-action',
      'frame-src',
      'img-src',
      'media-src',
      'object-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ]),
  );
  expect(other.asked).toEqual([]);
  other.close();
});

test('the page stays where it is, opens no windows, and is given no permissions', async ({
  launch,
}) => {
  const slice = await launch();
  const { page } = slice;
  const other = await elsewhere();
  await page.getByRole('heading', { name: 'Connect' }).waitFor();
  const at = page.url();
  for (const url of [
    other.url,
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:window.ran=1',
  ]) {
    await page.evaluate((address) => {
      window.location.href = address;
    }, url);
    await page.evaluate((address) => {
      const link = document.createElement('a');
      link.href = address;
      link.target = '_blank';
      document.body.append(link);
      link.click();
      window.open(address);
    }, url);
  }
  await page.waitForTimeout(300);
  expect(page.url()).toBe(at);
  expect(other.asked).toEqual([]);
  expect(
    await slice.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
  ).toBe(1);
  const permissions = await page.evaluate(async () => {
    const told: Record<string, string> = {};
    const asked = async (name: string, ask: () => Promise<unknown>) => {
      told[name] = await ask().then(
        () => 'given',
        () => 'refused',
      );
    };
    await asked('camera', () => navigator.mediaDevices.getUserMedia({ video: true }));
    await asked('microphone', () => navigator.mediaDevices.getUserMedia({ audio: true }));
    await asked('screen', () => navigator.mediaDevices.getDisplayMedia());
    await asked(
      'place',
      () => new Promise((yes, no) => navigator.geolocation.getCurrentPosition(yes, no)),
    );
    await asked('clipboard', () => navigator.clipboard.readText());
    told.notifications = await Notification.requestPermission();
    return told;
  });
  expect(permissions).toEqual({
    camera: 'refused',
    microphone: 'refused',
    screen: 'refused',
    place: 'refused',
    clipboard: 'refused',
    notifications: 'denied',
  });
  other.close();
});

test('a foreign page is not served, whatever it sends', async ({ launch, dataFolder }) => {
  const slice = await launch();
  const other = await elsewhere();
  const preload = resolve('dist/preload/preload.cjs');
  const answered = await slice.app.evaluate(
    async ({ BrowserWindow }, { url, path }) => {
      const foreign = new BrowserWindow({
        show: false,
        webPreferences: { preload: path, sandbox: true, contextIsolation: true },
      });
      await foreign.loadURL(url);
      const told: unknown = await foreign.webContents.executeJavaScript(`new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve('served');
        window.postMessage({ type: 'slice:port' }, '*', [port2]);
        port1.postMessage('{"id":1}');
        setTimeout(() => resolve('silence'), 1000);
      })`);
      foreign.destroy();
      return told;
    },
    { url: other.url, path: preload },
  );
  expect(answered).toBe('silence');
  const log = readFileSync(join(dataFolder, 'logs', 'slice.log'), 'utf8');
  expect(log).toContain('a port from a foreign frame was refused');
  other.close();
});

test('files outside of the app and of its images are not given to the page', async ({ launch }) => {
  const slice = await launch();
  await slice.page.getByRole('heading', { name: 'Connect' }).waitFor();
  const statuses = await slice.page.evaluate(async () => {
    const paths = [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/main/main.js',
      '/attachment/../slice.db',
      '/attachment/%2e%2e%2fslice.db',
      `/attachment/${'0'.repeat(64)}`,
      '/assets/..\\..\\main\\main.js',
    ];
    const told: string[] = [];
    for (const path of paths) {
      told.push(
        await fetch(path).then(
          async (response) =>
            response.ok ? `${path}: ${(await response.text()).slice(0, 20)}` : 'none',
          () => 'none',
        ),
      );
    }
    return told;
  });
  expect(new Set(statuses)).toEqual(new Set(['none']));
});
