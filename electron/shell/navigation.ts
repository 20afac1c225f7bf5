import { app, dialog, type Session, shell, type WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol';
import { mainText } from './text';

/** Protocols a link may have; anything else does not leave the app. */
const EXTERNAL = new Set(['http:', 'https:', 'mailto:']);

/** Keeps every page of the app where it is: no navigation, no windows, no permissions, no webviews. */
export function confine(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(permission === 'clipboard-sanitized-write'),
  );
  session.setPermissionCheckHandler(
    (_contents, permission) => permission === 'clipboard-sanitized-write',
  );
  app.on('web-contents-created', (_event, contents) => confineContents(contents));
}

function confineContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

export function isOurs(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`);
}

/** Shows where a link leads and opens it outside when the user agrees. */
export async function openExternal(url: string): Promise<void> {
  if (!URL.canParse(url)) return;
  const target = new URL(url);
  if (!EXTERNAL.has(target.protocol)) return;
  const place = target.protocol === 'mailto:' ? target.pathname : target.host;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: mainText('link.title', { place }),
    detail: target.href.slice(0, 300),
    buttons: [mainText('link.open'), mainText('link.cancel')],
    defaultId: 0,
    cancelId: 1,
  });
  if (response === 0) await shell.openExternal(target.href);
}
