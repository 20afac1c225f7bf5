import { FileCode } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../state/commands';
import { useKeysOf } from '../../state/shortcuts';
import { IconButton } from '../../ui/icon-button';
import type { Previewed } from './inspect-request';

/** Few ever look, and a start need not wait for what shows it. */
const load = () => import('./inspect-request');
const InspectPreview = lazy(async () => ({ default: (await load()).InspectPreview }));

export interface InspectButtonProps {
  /** What the message would be sent as; put together only when it is to be seen. */
  preview: () => Previewed | null;
  /** Nobody would get it yet. */
  disabled: boolean;
}

/** Shows the request that the message in the composer would make. */
export function InspectButton({ preview, disabled }: InspectButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<Previewed | null>(null);
  const show = () => {
    setShown(preview());
    setOpen(true);
  };
  useCommand('inspectRequest', disabled ? null : show);
  return (
    <>
      <IconButton
        label={t('inspect.title')}
        icon={FileCode}
        shortcut={useKeysOf('inspectRequest')}
        small
        side="top"
        disabled={disabled}
        onClick={show}
      />
      {shown && (
        <Suspense>
          <InspectPreview {...shown} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
