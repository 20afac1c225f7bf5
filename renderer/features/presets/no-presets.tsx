import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSummary } from '../../preset/use-summary';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { EXAMPLES } from './preset-examples';
import type { PresetWork } from './use-preset-work';

/** Says what presets are for, and offers some to begin with. */
export function NoPresets({ work, onNew }: { work: PresetWork; onNew: () => void }) {
  const { t } = useTranslation();
  const summary = useSummary();
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto p-6">
      <div className="m-auto w-full max-w-[480px]">
        <h2 className="text-18 font-semibold tracking-[-0.01em]">{t('presets.emptyTitle')}</h2>
        <p className="mt-1 text-text-2">{t('presets.emptyText')}</p>
        <Button variant="ink" className="mt-4" onClick={onNew}>
          <Icon icon={Plus} small />
          {t('presets.new')}
        </Button>
        <h3 className="mt-8 mb-1 text-11 font-medium text-text-3">{t('presets.examplesTitle')}</h3>
        <ul className="border-t border-line-soft">
          {EXAMPLES.map(({ name, content }) => {
            const example = {
              ...content,
              settings: { ...content.settings, system: t(`presets.examples.${name}.system`) },
            };
            return (
              <li key={name} className="border-b border-line-soft">
                <button
                  type="button"
                  className="group flex w-full items-center gap-3 rounded-2 py-2 text-left hover:bg-surface-hover"
                  onClick={() => void work.create(t(`presets.examples.${name}.name`), example)}
                >
                  <span className="min-w-0 flex-1 pl-2">
                    <span className="flex items-baseline gap-3">
                      <span className="flex-1 font-medium">
                        {t(`presets.examples.${name}.name`)}
                      </span>
                      <span className="figures truncate text-12 text-text-3">
                        {summary(example)}
                      </span>
                    </span>
                    <span className="block text-12 text-text-2">
                      {t(`presets.examples.${name}.text`)}
                    </span>
                  </span>
                  <Icon icon={Plus} small className="mr-2 text-text-3" />
                </button>
              </li>
            );
          })}
        </ul>
      </div>
    </div>
  );
}
