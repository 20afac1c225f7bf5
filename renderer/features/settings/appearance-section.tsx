import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Theme } from '../../../shared/contract/theme';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { Segmented } from '../../ui/segmented';
import { SectionHeading } from './section-heading';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Light, dark, or what the system says. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  if (!settings) return null;
  return (
    <>
      <SectionHeading title={t('settings.appearance')} />
      <Segmented
        label={t('settings.theme')}
        showLabel
        value={settings.theme}
        segments={THEMES.map((theme) => ({ value: theme, label: t(`settings.themes.${theme}`) }))}
        onChange={(theme) => change({ theme })}
      />
      <p className="mt-1 text-12 text-text-3">{t('settings.themeHint')}</p>
    </>
  );
}
