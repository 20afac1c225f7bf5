import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../../ui/button';
import { PageHeader } from '../../ui/page-header';

/** Says what will stand here. */
export function PresetsPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('presets.title')} />
      <div className="flex min-h-0 flex-1 flex-col justify-center overflow-y-auto p-6">
        <div className="mx-auto w-full max-w-[480px]">
          <h2 className="text-18 font-semibold tracking-[-0.01em]">{t('presets.emptyTitle')}</h2>
          <p className="mt-1 text-text-2">{t('presets.emptyText')}</p>
          <Button asChild className="mt-4">
            <Link href="/chat">{t('presets.toChat')}</Link>
          </Button>
        </div>
      </div>
    </>
  );
}
