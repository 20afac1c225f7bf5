import { Columns3, type LucideIcon, ReceiptText, SlidersHorizontal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usePresets } from '../../preset/use-presets';
import { runCommand } from '../../state/commands';
import { useKeysOf } from '../../state/shortcuts';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { useMonth } from './use-month';

/** What else one may begin with. */
export function StartOptions({ isDemo }: { isDemo: boolean }) {
  const { t } = useTranslation();
  const presets = usePresets();
  const { total } = useMonth(isDemo);
  const names = presets.slice(0, 3).map(({ name }) => name);
  return (
    <nav className="start-options" aria-label={t('composer.start.title')}>
      {names.length > 0 && (
        <StartOption
          command="choosePreset"
          icon={SlidersHorizontal}
          text={t('composer.start.preset', { names: names.join(t('models.comma')) })}
        />
      )}
      <StartOption command="askSeveral" icon={Columns3} text={t('composer.start.several')} />
      {total && total.runs > 0 && (
        <a href="#/spending">
          <Icon icon={ReceiptText} small className="text-text-3" />
          <span className="min-w-0 flex-1 truncate">{t('chat.openSpending')}</span>
        </a>
      )}
    </nav>
  );
}

interface StartOptionProps {
  command: 'choosePreset' | 'askSeveral';
  icon: LucideIcon;
  text: string;
}

function StartOption({ command, icon, text }: StartOptionProps) {
  const keys = useKeysOf(command);
  return (
    <button type="button" onClick={() => runCommand(command)}>
      <Icon icon={icon} small className="text-text-3" />
      <span className="min-w-0 flex-1 truncate text-left">{text}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}
