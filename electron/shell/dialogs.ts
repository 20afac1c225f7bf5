import { dialog } from 'electron';
import { mainText } from './text';

/** Lets the user choose a file of certificates; null when they did not. */
export async function chooseCaFile(): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title: mainText('caFile.title'),
    properties: ['openFile'],
    filters: [
      { name: mainText('caFile.certificates'), extensions: ['pem', 'crt', 'cer'] },
      { name: mainText('caFile.allFiles'), extensions: ['*'] },
    ],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
