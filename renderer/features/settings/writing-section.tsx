import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { keyText } from '../../ui/key-combination';
import { Segmented } from '../../ui/segmented';
import { SectionHeading } from './section-heading';
import { SettingSwitch } from './setting-switch';
import { TitleSetting } from './title-setting';

type SendKey = Settings['sendKey'];

/** What each way of sending is done with, and what is then left to break the line. */
const SEND_KEYS: Readonly<Record<SendKey, { readonly sends: string; readonly breaks: string }>> = {
  enter: { sends: 'Enter', breaks: 'Shift+Enter' },
  mod_enter: { sends: 'Mod+Enter', breaks: 'Enter' },
};

const ORDER: readonly SendKey[] = ['enter', 'mod_enter'];

/** How messages are written and sent, whether one is told of what comes back, and how it is called. */
export function WritingSection() {
  const { t } = useTranslation();
  const hint = useId();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const { data: info } = useQuery(orpc.app.info.queryOptions());
  const change = useChangeSettings();
  if (!settings || !info) return null;
  const { sendKey } = settings;
  return (
    <>
      <SectionHeading title={t('settings.writing')} />
      <div className="grid gap-6">
        <div>
          <Segmented
            label={t('settings.sendKey')}
            showLabel
            value={sendKey}
            segments={ORDER.map((key) => ({ value: key, label: keyText(SEND_KEYS[key].sends) }))}
            onChange={(key) => change({ sendKey: key })}
            describedBy={hint}
          />
          <p id={hint} className="mt-1 text-12 text-text-3">
            {t('settings.sendKeyHint', { key: keyText(SEND_KEYS[sendKey].breaks) })}
          </p>
        </div>
        <SettingSwitch
          label={t('settings.spellCheck')}
          hint={
            info.platform === 'darwin'
              ? t('settings.spellCheckHintMac')
              : t('settings.spellCheckHint')
          }
          checked={settings.spellCheck}
          onChange={(spellCheck) => change({ spellCheck })}
        />
        <SettingSwitch
          label={t('settings.notifications')}
          hint={t('settings.notificationsHint')}
          checked={settings.notifications}
          onChange={(notifications) => change({ notifications })}
        />
        <TitleSetting settings={settings} />
      </div>
    </>
  );
}
