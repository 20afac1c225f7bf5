import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFrameState } from '../../state/frame-state';
import { useOwnKeys } from '../../state/shortcuts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Kbd } from '../../ui/kbd';
import { MAC_KEYS } from '../../ui/key-combination';
import { textBox } from '../../ui/text-field';
import { type ListedGroup, listedCommands } from './command-list';

/** All commands with their keys, to look them up. */
export function ShortcutsDialog() {
  const { t } = useTranslation();
  const open = useFrameState((state) => state.shortcutsOpen);
  const show = useFrameState((state) => state.showShortcuts);
  return (
    <Dialog
      open={open}
      onOpenChange={show}
      title={t('shortcuts.title')}
      size="wide"
      aside={
        <Button
          variant="quiet"
          size="sm"
          onClick={() => {
            show(false);
            location.hash = '/settings/shortcuts';
          }}
        >
          {t('shortcuts.change')}
        </Button>
      }
    >
      <Found />
    </Dialog>
  );
}

function Found() {
  const { t } = useTranslation();
  const own = useOwnKeys();
  const [typed, setTyped] = useState('');
  const groups = listedCommands((id) => t(`shortcuts.commands.${id}`), own, MAC_KEYS, typed);
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: one opens the list to find something in it
        autoFocus
        type="search"
        aria-label={t('shortcuts.find')}
        placeholder={t('shortcuts.find')}
        value={typed}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        className={`${textBox} mt-4 h-8 flex-none`}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <div tabIndex={0} className="mt-4 min-h-0 flex-1 columns-2 gap-10 overflow-y-auto">
        {groups.map((group) => (
          <Group key={group.group} {...group} />
        ))}
        {groups.length === 0 && <p className="text-text-3">{t('shortcuts.none')}</p>}
      </div>
    </>
  );
}

function Group({ group, commands }: ListedGroup) {
  const { t } = useTranslation();
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-11 font-medium text-text-3">{t(`shortcuts.groups.${group}`)}</h3>
      <dl>
        {commands.map(({ id, label, keys }) => (
          <div
            key={id}
            className="flex h-8 items-center justify-between gap-4 border-b border-line-soft"
          >
            <dt className="min-w-0 truncate">{label}</dt>
            <dd className="flex-none">
              {keys === null ? (
                <span className="text-12 text-text-3">{t('shortcuts.noKeys')}</span>
              ) : (
                <Kbd keys={keys} cap className="px-1.5" />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
