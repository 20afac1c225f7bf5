import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayBeImported, TAKES_FILES } from '../../shared/dropped-file';

/** Says, while a file is held over the window, that conversations are imported from it; the preload takes it. */
export function ImportDrop() {
  const { t } = useTranslation();
  const over = useHeldFile();
  return (
    over && (
      <p
        role="status"
        className="pointer-events-none fixed inset-x-0 top-4 z-50 mx-auto w-fit max-w-[calc(100%-2rem)] rounded-2 bg-ink px-4 py-2 text-ink-text"
      >
        {t('import.drop')}
      </p>
    )
  );
}

function useHeldFile(): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hold = (event: DragEvent) => {
      const [item, another] = event.dataTransfer?.items ?? [];
      const isOne = item?.kind === 'file' && !another && mayBeImported(item.type);
      // Elsewhere nobody would say that it may be dropped.
      if (isOne) event.preventDefault();
      setOver(isOne && !(event.target instanceof Element && event.target.closest(TAKING)));
    };
    const leave = (event: DragEvent) => {
      // Only the edge of the window has nothing next to it.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = () => setOver(false);
    window.addEventListener('dragover', hold);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hold);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

const TAKING = `[${TAKES_FILES}]`;
