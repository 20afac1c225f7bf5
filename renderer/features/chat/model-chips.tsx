import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../../shared/profile';
import { Icon } from '../../ui/icon';
import { Segmented } from '../../ui/segmented';
import { Tooltip } from '../../ui/tooltip';
import { type AskedModels, type AskingMode, takesSuperQuery } from './asked-models';

export interface ModelChipsProps {
  asked: AskedModels;
  profile: Profile;
  onRemove: (model: string) => void;
  onMode: (mode: AskingMode) => void;
}

/** The models that are asked beside the one in the combobox, and how. */
export function ModelChips({ asked, profile, onRemove, onMode }: ModelChipsProps) {
  const { t } = useTranslation();
  const [, ...others] = asked.models;
  if (others.length === 0) return null;
  return (
    <div className="model-chips">
      <span aria-hidden="true" className="text-12 text-text-3">
        {t('models.also')}
      </span>
      <ul aria-label={t('models.alsoAsked')} className="contents">
        {others.map((model) => (
          <li key={model} className="model-chip">
            <span className="truncate">{model}</span>
            <button
              type="button"
              aria-label={t('models.remove', { model })}
              onClick={() => onRemove(model)}
              className="grid size-5 flex-none place-items-center rounded-1 text-text-3 hover:bg-surface-hover hover:text-text"
            >
              <Icon icon={X} small className="size-3" />
            </button>
          </li>
        ))}
      </ul>
      {takesSuperQuery(profile) && (
        <Tooltip side="top" content={t('models.modeHint')}>
          <div className="ml-auto">
            <Segmented
              label={t('models.mode')}
              value={asked.mode}
              segments={[
                { value: 'side', label: t('models.side') },
                { value: 'super', label: t('models.super') },
              ]}
              onChange={onMode}
            />
          </div>
        </Tooltip>
      )}
    </div>
  );
}
