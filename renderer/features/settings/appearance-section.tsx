import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Motion } from '../../../shared/contract/look';
import type { Theme } from '../../../shared/contract/theme';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { Kbd } from '../../ui/kbd';
import { Segmented } from '../../ui/segmented';
import { LanguageSetting } from './language-setting';
import { ReadingSize } from './reading-size';
import { SectionHeading } from './section-heading';
import { SettingSwitch } from './setting-switch';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const MOTIONS: readonly Motion[] = ['system', 'reduced', 'full'];

/** How the page looks, moves and speaks. */
export function AppearanceSection() {
  const { t } = useTranslation();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  if (!settings) return null;
  return (
    <>
      <SectionHeading title={t('settings.appearance')} />
      <div className="grid gap-6">
        <div>
          <Segmented
            label={t('settings.theme')}
            showLabel
            value={settings.theme}
            segments={THEMES.map((theme) => ({
              value: theme,
              label: t(`settings.themes.${theme}`),
            }))}
            onChange={(theme) => change({ theme })}
          />
          <Hint>{t('settings.themeHint')}</Hint>
        </div>
        <LanguageSetting value={settings.language} onChange={(language) => change({ language })} />
        <ReadingSize size={settings.fontSize} onChange={(fontSize) => change({ fontSize })} />
        <div>
          <Segmented
            label={t('settings.motion')}
            showLabel
            value={settings.motion}
            segments={MOTIONS.map((motion) => ({
              value: motion,
              label: t(`settings.motions.${motion}`),
            }))}
            onChange={(motion) => change({ motion })}
          />
          <Hint>{t('settings.motionHint')}</Hint>
        </div>
        <Zoom />
        <SettingSwitch
          label={t('settings.hideMoney')}
          hint={t('settings.hideMoneyHint')}
          checked={settings.hideMoney}
          onChange={(hideMoney) => change({ hideMoney })}
        />
      </div>
    </>
  );
}

/** The menu's own; that it exists is worth a word where one looks for larger words. */
function Zoom() {
  const { t } = useTranslation();
  const keys = [
    ['Mod+Plus', t('settings.zoomIn')],
    ['Mod+-', t('settings.zoomOut')],
    ['Mod+0', t('settings.zoomReset')],
  ] as const;
  return (
    <div>
      <h3 className="mb-1 text-12 font-medium text-text-2">{t('settings.zoom')}</h3>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {keys.map(([combination, what]) => (
          <li key={combination} className="flex items-center gap-1.5">
            <Kbd keys={combination} cap />
            {what}
          </li>
        ))}
      </ul>
      <Hint>{t('settings.zoomHint')}</Hint>
    </div>
  );
}

function Hint({ children }: { children: ReactNode }) {
  return <p className="mt-1 text-12 text-text-3">{children}</p>;
}
