import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';

/** Whether this system can run a keyring of the test's own. */
export const hasKeyring = ['dbus-run-session', 'gnome-keyring-daemon'].every((program) => {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});

/**
 * Every form in which a secret could lie about: as it is, in UTF-16, and in base64 wherever in a longer
 * text it begins. Bytes are taken as they are.
 */
export function formsOf(secret: string | Buffer): Buffer[] {
  if (typeof secret !== 'string') return [secret];
  const inBase64 = [0, 1, 2].map((before) =>
    Buffer.from(' '.repeat(before) + secret)
      .toString('base64')
      // The ends depend on what stands beside it.
      .slice(before === 0 ? 0 : 4, -4),
  );
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    ...inBase64.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]),
  ];
}

/** The files of a folder and the folders in it that hold one of the secrets in any form. */
export function filesHolding(folder: string, ...secrets: readonly (string | Buffer)[]): string[] {
  const forms = secrets.flatMap(formsOf);
  return filesIn(folder).filter((file) => {
    const bytes = contentOf(file);
    return forms.some((form) => bytes.includes(form));
  });
}

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return whileThere(() => filesIn(path)) ?? [];
    return entry.isFile() ? [path] : [];
  });
}

function contentOf(file: string): Buffer {
  return whileThere(() => readFileSync(file)) ?? Buffer.alloc(0);
}

/** Chromium's own files come and go while they are looked at, and so does what a keyring leaves open. */
function whileThere<Seen>(look: () => Seen): Seen | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Everything that crosses between page and main, in both directions, as it crosses. */
export async function recordTraffic(page: Page): Promise<string[]> {
  const traffic: string[] = [];
  await page.exposeFunction('recordTraffic', (message: string) => void traffic.push(message));
  await page.addInitScript(() => {
    const record = (message: unknown) => {
      const bytes = message instanceof ArrayBuffer ? new Uint8Array(message) : message;
      const text =
        bytes instanceof Uint8Array ? new TextDecoder().decode(bytes) : JSON.stringify(bytes);
      void Reflect.get(window, 'recordTraffic')(text ?? '');
    };
    const post = MessagePort.prototype.postMessage;
    MessagePort.prototype.postMessage = function (message: unknown) {
      record(message);
      return post.call(this, message);
    };
    const listen = MessagePort.prototype.addEventListener;
    MessagePort.prototype.addEventListener = function (
      this: MessagePort,
      type: string,
      listener: EventListenerOrEventListenerObject,
    ) {
      if (type === 'message') {
        listen.call(this, type, (event) => {
          if (event instanceof MessageEvent) record(event.data);
        });
      }
      return listen.call(this, type, listener);
    };
  });
  await page.reload();
  return traffic;
}
