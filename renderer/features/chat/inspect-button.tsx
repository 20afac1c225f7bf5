import { FileCode } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button';
import type { Previewed } from './inspect-request';

/** Few ever look, and a start need not wait for what shows it. */
const load = () => import('./inspect-request');
const InspectPreview = lazy(async () => ({ default: (await load()).InspectPreview }));

/** Shows the request that the message in the composer would make. Null: nobody would get it yet. */
export function InspectButton({ preview }: { preview: Previewed | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <IconButton
        label={t('inspect.title')}
        icon={FileCode}
        small
        side="top"
        disabled={preview === null}
        onClick={() => {
          setWanted(true);
          setOpen(true);
        }}
      />
      {wanted && preview && (
        <Suspense>
          <InspectPreview {...preview} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
