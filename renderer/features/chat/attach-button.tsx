import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../state/commands';
import { useKeysOf } from '../../state/shortcuts';
import { IconButton } from '../../ui/icon-button';

/** Opens the system's dialog for files. What they are is told from their bytes, not from their names. */
export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  useCommand('attachFiles', choose);
  return (
    <>
      <IconButton
        label={t('composer.attach')}
        icon={Paperclip}
        small
        side="top"
        shortcut={useKeysOf('attachFiles')}
        onClick={choose}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file can be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
