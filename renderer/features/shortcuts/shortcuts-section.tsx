import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { usualKeys } from '../../../shared/commands';
import { Button } from '../../ui/button';
import { IconButton } from '../../ui/icon-button';
import { keyText, MAC_KEYS } from '../../ui/key-combination';
import { type ListedCommand, listedCommands } from './command-list';
import { KeyRecorder } from './key-recorder';
import { type Rebinding, useRebinding } from './use-rebinding';

/** Every command with its keys, to be chosen anew. */
export function ShortcutsSection() {
  const { t } = useTranslation();
  const rebinding = useRebinding();
  const groups = listedCommands((id) => t(`shortcuts.commands.${id}`), rebinding.own, MAC_KEYS);
  const changed = groups.some(({ commands }) => commands.some(({ own }) => own));
  return (
    <>
      <div className="mb-3 flex min-h-8 items-center gap-2">
        <h2 className="min-w-0 flex-1 text-15 font-semibold tracking-[-0.01em]">
          {t('shortcuts.title')}
        </h2>
        <Button size="sm" disabled={!changed} onClick={rebinding.resetAll}>
          {t('shortcuts.resetAll')}
        </Button>
      </div>
      <p className="mb-4 text-12 text-text-3">{t('shortcuts.hint')}</p>
      {groups.map(({ group, commands }) => (
        <section key={group} className="mb-6">
          <h3 className="mb-1 text-11 font-medium text-text-3">{t(`shortcuts.groups.${group}`)}</h3>
          <ul>
            {commands.map((command) => (
              <Row key={command.id} command={command} rebinding={rebinding} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Row({ command, rebinding }: { command: ListedCommand; rebinding: Rebinding }) {
  const { t } = useTranslation();
  const { id, label, keys, own } = command;
  const usual = usualKeys(id, MAC_KEYS);
  return (
    <li className="border-b border-line-soft py-1">
      <div className="flex h-6 items-center gap-2">
        <span className="min-w-0 flex-1 truncate">{label}</span>
        {own && (
          <IconButton
            label={t('shortcuts.reset', {
              label,
              keys: usual === null ? t('shortcuts.noKeys') : keyText(usual),
            })}
            icon={RotateCcw}
            small
            className="size-6"
            onClick={() => rebinding.reset(id)}
          />
        )}
        <KeyRecorder
          label={label}
          keys={keys}
          onBegin={rebinding.forget}
          onChoose={(chosen) => rebinding.choose(id, chosen)}
        />
      </div>
      {rebinding.obstacle?.id === id && <ObstacleLine rebinding={rebinding} />}
    </li>
  );
}

function ObstacleLine({ rebinding }: { rebinding: Rebinding }) {
  const { t } = useTranslation();
  const { obstacle } = rebinding;
  if (!obstacle) return null;
  const { id, keys, because } = obstacle;
  if ('refusal' in because) {
    return (
      <p role="alert" className="pt-1 text-right text-12 text-danger">
        {t(`shortcuts.refused.${because.refusal}`, { keys: keyText(keys) })}
      </p>
    );
  }
  const { holder } = because;
  return (
    <div role="alert" className="flex items-center justify-end gap-2 pt-1 text-12">
      <span className="text-warn">
        {t('shortcuts.taken', { keys: keyText(keys), by: t(`shortcuts.commands.${holder}`) })}
      </span>
      <Button size="sm" onClick={() => rebinding.takeOver(id, keys, holder)}>
        {t('shortcuts.takeOver')}
      </Button>
      <Button size="sm" variant="quiet" onClick={rebinding.forget}>
        {t('shortcuts.leave')}
      </Button>
    </div>
  );
}
