import { open, readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { type ProtocolResponse, protocol } from 'electron';
import { imageTypeOf } from '../../shared/image-type';
import { attachmentPath } from '../runs/attachments';

/** Where the page lives. Nothing else is ever loaded into a window. */
export const APP_ORIGIN = 'app://slice';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

/**
 * Scripts only from the app itself; nothing from anywhere else. Styles may be inline because React
 * and KaTeX set style attributes.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** Has to be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** How long the scripts that are asked for together may take to be read, in milliseconds. */
const SCRIPTS_MS = 20;
/** What is behind the window does not wait longer for the page, in milliseconds. */
const LONGEST_WAIT_MS = 1000;

const ATTACHMENT = /^\/attachment\/([0-9a-f]{64})$/;

/**
 * Serves the built page from `folder`, or in development from the server that reloads it, and the images
 * of messages from `attachments`. `devServer` is its address and widens the policy by just that.
 * Resolves when the page has been given its first scripts, or has not asked for them in a second.
 */
export function serveApp(
  folder: string,
  attachments: string,
  devServer: string | undefined,
): Promise<void> {
  let given: () => void = () => undefined;
  const pageHasScripts = new Promise<void>((resolve) => {
    given = resolve;
    setTimeout(resolve, LONGEST_WAIT_MS);
  });
  if (devServer) {
    serveDevelopment(attachments, devServer);
    given();
    return pageHasScripts;
  }
  // Of all ways to serve a scheme this one alone leaves the bytes to Chromium's own threads: with
  // `handle` each goes through this one, which is busiest just when the page asks (decision 0018).
  protocol.registerFileProtocol('app', (request, callback) => {
    const { host, pathname } = new URL(request.url);
    const sha256 = ATTACHMENT.exec(pathname)?.[1];
    if (host !== 'slice') callback({ error: NOT_FOUND });
    else if (sha256 !== undefined) {
      void image(attachmentPath(attachments, sha256)).then((found) =>
        callback(found ?? { error: NOT_FOUND }),
      );
    } else callback(file(folder, pathname));
    // All that the page's entry needs is asked for together with it.
    if (pathname.startsWith('/assets/') && pathname.endsWith('.js')) setTimeout(given, SCRIPTS_MS);
  });
  return pageHasScripts;
}

/** Chromium's `net::ERR_FILE_NOT_FOUND`. */
const NOT_FOUND = -6;

function file(folder: string, pathname: string): ProtocolResponse {
  const path = pathIn(folder, pathname);
  if (path === null) return { error: NOT_FOUND };
  const type = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
  return {
    path,
    headers: {
      'content-type': type,
      'content-security-policy': POLICY.join('; '),
      'x-content-type-options': 'nosniff',
    },
  };
}

/** Null for what lies elsewhere, and for what is no path. */
function pathIn(folder: string, pathname: string): string | null {
  try {
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    return path.startsWith(folder + sep) ? path : null;
  } catch {
    return null;
  }
}

/** An image by its bytes; what is none, though it lies there, is not given out. */
async function image(path: string) {
  const type = await imageTypeOfFile(path);
  if (!type) return null;
  return {
    path,
    headers: {
      'content-type': type,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The name is made of the bytes.
      'cache-control': 'private, max-age=31536000, immutable',
    },
  };
}

/** As many bytes as tell the type of an image. */
const SIGN_BYTES = 16;

/** Null for what is no image, and for what is not there. */
async function imageTypeOfFile(path: string): Promise<string | null> {
  const image = await open(path).catch(() => null);
  if (!image) return null;
  try {
    const { buffer } = await image.read(Buffer.alloc(SIGN_BYTES), 0, SIGN_BYTES, 0);
    return imageTypeOf(buffer);
  } catch {
    return null;
  } finally {
    await image.close();
  }
}

/** The server of the development build answers instead; its reloading takes a wider policy. */
function serveDevelopment(attachments: string, devServer: string): void {
  const policy = developmentPolicy(devServer);
  protocol.handle('app', async (request) => {
    const { host, pathname, search } = new URL(request.url);
    if (host !== 'slice') return new Response(null, { status: 404 });
    const sha256 = ATTACHMENT.exec(pathname)?.[1];
    if (sha256 !== undefined) {
      const found = await image(attachmentPath(attachments, sha256));
      if (!found) return new Response(null, { status: 404 });
      return new Response(new Uint8Array(await readFile(found.path)), { headers: found.headers });
    }
    const response = await fetch(new URL(pathname + search, devServer), {
      headers: { accept: request.headers.get('accept') ?? '*/*' },
    });
    const headers = new Headers(response.headers);
    headers.set('content-security-policy', policy);
    headers.set('x-content-type-options', 'nosniff');
    return new Response(response.body, { status: response.status, headers });
  });
}

function developmentPolicy(devServer: string): string {
  const socket = devServer.replace(/^http/, 'ws');
  return POLICY.map((rule) => {
    if (rule.startsWith('script-src')) return `${rule} 'unsafe-inline'`;
    return rule.startsWith('connect-src') ? `${rule} ${devServer} ${socket}` : rule;
  }).join('; ');
}
