import { type BrowserWindow, ipcMain, type MessagePortMain } from 'electron';
import { PORT_CHANNEL } from '../../shared/port';
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
    const frame = event.senderFrame;
    const ours =
      frame !== null &&
      event.sender === window()?.webContents &&
      frame === event.sender.mainFrame &&
      isOurs(frame.url);
    if (ours) {
      serve(port);
      return;
    }
    port.close();
    refused();
  });
}
