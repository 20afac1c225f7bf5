import type { TFunction } from 'i18next';
import { client } from '../../rpc/client';
import { notify } from '../../ui/toaster';

/** Saves a text where the user wants it, and says so. */
export async function saveText(name: string, text: string, t: TFunction): Promise<void> {
  try {
    const saved = await client.app.saveText({ name, text });
    if (saved !== null) notify({ text: t('code.saved', { name: saved }) });
  } catch {
    notify({ text: t('code.notSaved') });
  }
}
