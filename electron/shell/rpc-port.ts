import { isAbsolute } from 'node:path';
import {
  type BrowserWindow,
  ipcMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron';
import { isImported } from '../../shared/dropped-file';
import { FILE_CHANNEL, PORT_CHANNEL } from '../../shared/port';
import { isOurs } from './navigation';

/**
 * Takes the port that the page hands over. Only our window's main frame, on our own origin, is served;
 * a page that reloads hands over a new port. What the page says before `serve` waits in the port.
 */
export function takePorts(
  window: () => BrowserWindow | null,
  serve: (port: MessagePortMain) => void,
  refused: () => void,
): void {
  ipcMain.on(PORT_CHANNEL, (event) => {
    const [port] = event.ports;
    if (!port) return;
    if (isOurFrame(window(), event)) {
      serve(port);
      return;
    }
    port.close();
    refused();
  });
}

/** Takes the path of a file of conversations that was dropped on that same frame. */
export function takeDroppedFiles(
  window: () => BrowserWindow | null,
  dropped: (path: string) => void,
): void {
  ipcMain.on(FILE_CHANNEL, (event, path: unknown) => {
    if (!isOurFrame(window(), event)) return;
    if (typeof path === 'string' && isAbsolute(path) && isImported(path)) dropped(path);
  });
}

interface Sender {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}

function isOurFrame(window: BrowserWindow | null, { sender, senderFrame }: Sender): boolean {
  return (
    senderFrame !== null &&
    sender === window?.webContents &&
    senderFrame === sender.mainFrame &&
    isOurs(senderFrame.url)
  );
}
