import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { Segmented } from '../../ui/segmented';

/** How long one can want back what was deleted. */
const DAYS = ['7', '30', '90', 'never'] as const;

/** How long what was deleted stays in the trash. */
export function TrashSetting() {
  const { t } = useTranslation();
  const hint = useId();
  const { data: settings } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  if (!settings) return null;
  const chosen = settings.trashDays === null ? 'never' : String(settings.trashDays);
  return (
    <section className="mt-6">
      <Segmented
        label={t('settings.trash')}
        showLabel
        value={DAYS.find((days) => days === chosen) ?? null}
        segments={DAYS.map((value) => ({
          value,
          label:
            value === 'never'
              ? t('settings.trashNever')
              : t('settings.trashDays', { count: Number(value) }),
        }))}
        onChange={(days) => change({ trashDays: days === 'never' ? null : Number(days) })}
        describedBy={hint}
      />
      <p id={hint} className="mt-1 text-12 text-text-3">
        {t('settings.trashHint')}
      </p>
    </section>
  );
}
