import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { importText } from './import-text';
import type { ImportResult } from './use-preset-files';

/** What was not taken from a file, and why. */
export function ImportDialog(props: { result: ImportResult | null; onClose: () => void }) {
  const { result, onClose } = props;
  const { t } = useTranslation();
  if (!result) return null;
  const { title, text } = importText(result, t);
  const skipped = result.kind === 'read' ? result.skipped : [];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={text}
      actions={
        <Button variant="ink" onClick={onClose}>
          {t('presets.close')}
        </Button>
      }
    >
      {skipped.length > 0 && (
        <ul
          aria-label={t('presets.skippedList')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long list is scrolled by keys
          tabIndex={0}
          className="mt-4 max-h-60 divide-y divide-line-soft overflow-y-auto border-y border-line"
        >
          {skipped.map(({ name, problem }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two entries of a file may be alike
            <li key={index} className="py-1.5">
              <span className="block truncate font-medium">{name}</span>
              <span className="block text-12 break-words text-text-2">{problem}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
