import { dialog, shell } from 'electron';
import { StoreError } from '../store/errors';
import { mainText } from './text';

/** Says why the app cannot start and offers a way on. The store was not changed. */
export async function reportStartFailure(error: unknown, folder: string): Promise<void> {
  const kind = error instanceof StoreError ? error.kind : 'logic';
  const message =
    kind === 'newer' || kind === 'corrupt' ? mainText(`start.${kind}`) : mainText('start.other');
  const reason = error instanceof Error ? error.message : String(error);
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: mainText('start.title'),
    detail: [
      message,
      mainText('start.folder', { folder }),
      mainText('start.reason', { reason }),
    ].join('\n\n'),
    buttons: [mainText('start.quit'), mainText('start.open')],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) await shell.openPath(folder);
}
