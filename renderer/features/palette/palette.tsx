import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_QUERY_LENGTH } from '../../../shared/contract/search';
import { useFrameState } from '../../state/frame-state';
import { useKeysOf } from '../../state/shortcuts';
import { useActiveLine } from '../../ui/active-line';
import { keepWhileComposing } from '../../ui/composition';
import { dialogVeil } from '../../ui/dialog-styles';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { isCombination } from '../../ui/key-combination';
import { MarkedText } from '../../ui/marked-text';
import type { PaletteLine } from './palette-lines';
import { usePaletteGroups } from './use-palette-groups';

/** Everything one can go to or do, found by a few letters. */
export function Palette() {
  const { t } = useTranslation();
  const open = useFrameState((state) => state.paletteOpen);
  const show = useFrameState((state) => state.showPalette);
  const before = useRef<Element | null>(null);
  const leave = (work: () => void) => {
    show(false);
    // The page has the focus again before the work, which may put it elsewhere.
    requestAnimationFrame(() => {
      giveBack(before.current);
      work();
    });
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? show(true) : leave(() => {}))}>
      <Dialog.Portal>
        <Dialog.Overlay className={dialogVeil} />
        <Dialog.Content
          aria-describedby={undefined}
          onEscapeKeyDown={keepWhileComposing}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          // The focus went back when it began to close.
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="floating fixed inset-x-6 top-[min(104px,13vh)] z-40 mx-auto flex max-h-[min(560px,calc(100vh-112px))] max-w-160 flex-col overflow-hidden rounded-3 bg-surface-raised shadow-high outline-none"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <PaletteBody leave={leave} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function giveBack(element: Element | null): void {
  if (element instanceof HTMLElement && element.isConnected) element.focus();
}

function PaletteBody({ leave }: { leave: (work: () => void) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  // Null: the first line, whatever it is by now.
  const [moved, setMoved] = useState<string | null>(null);
  const { groups, settled } = usePaletteGroups(typed);
  const lines = groups.flatMap((group) => group.lines);
  const active = lines.find(({ key }) => key === moved) ?? lines[0];
  const line = useActiveLine(active?.key ?? '', (key) => {
    setMoved(key);
    setWaits(false);
  });
  const keys = useKeysOf('palette');
  /** Enter was pressed for the first line before it was there. */
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    if (!waits || !settled) return;
    setWaits(false);
    if (active) leave(active.run);
  });
  const press = (event: KeyboardEvent) => {
    if (keys !== undefined && isCombination(event.nativeEvent, keys)) {
      event.preventDefault();
      leave(() => {});
      return;
    }
    const chosen = settled || active?.key === moved;
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || chosen) return;
    event.preventDefault();
    setWaits(true);
  };
  return (
    <Command
      label={t('palette.title')}
      shouldFilter={false}
      loop
      {...line}
      onKeyDown={press}
      className="flex min-h-0 flex-col"
    >
      <div className="flex h-12 flex-none items-center gap-3 border-b border-line px-4">
        <Icon icon={Search} className="text-text-3" />
        <Command.Input
          value={typed}
          onValueChange={(text) => {
            setTyped(text);
            setMoved(null);
            setWaits(false);
          }}
          placeholder={t('palette.placeholder')}
          spellCheck={false}
          maxLength={MAX_QUERY_LENGTH}
          className="min-w-0 flex-1 bg-transparent text-15 outline-none"
        />
        <Kbd keys="Escape" cap />
      </div>
      <Command.List
        label={t('palette.title')}
        className="min-h-0 flex-1 scroll-py-2 overflow-y-auto px-2 pb-2 outline-none"
      >
        {groups.map(({ heading, lines }) => (
          <Command.Group
            key={heading}
            heading={heading}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3"
          >
            {lines.map((line) => (
              <Line key={line.key} line={line} onSelect={() => leave(line.run)} />
            ))}
          </Command.Group>
        ))}
        {lines.length === 0 && (
          <p className="px-2 pt-3 pb-2 text-text-3">{t('palette.nothing', { typed })}</p>
        )}
      </Command.List>
      <Foot count={typed.trim() === '' ? null : lines.length} />
    </Command>
  );
}

function Line({ line, onSelect }: { line: PaletteLine; onSelect: () => void }) {
  return (
    <Command.Item
      value={line.key}
      onSelect={onSelect}
      className="flex h-8 items-center gap-3 rounded-2 px-2 select-none data-[selected=true]:bg-surface-active"
    >
      <Icon icon={line.icon} small className="text-text-3" />
      <span className="min-w-0 flex-1 truncate">
        <MarkedText parts={line.label} />
      </span>
      {line.end !== undefined && (
        <span className="figures flex max-w-[45%] items-center gap-1.5 truncate text-12 text-text-3">
          {line.end}
        </span>
      )}
    </Command.Item>
  );
}

function Foot({ count }: { count: number | null }) {
  const { t } = useTranslation();
  return (
    <div className="flex h-9 flex-none items-center gap-4 border-t border-line px-4 text-12 text-text-3">
      <span className="flex items-center gap-1" aria-hidden="true">
        <Kbd keys="ArrowUp" cap />
        <Kbd keys="ArrowDown" cap />
        {t('palette.choose')}
      </span>
      <span className="flex items-center gap-1" aria-hidden="true">
        <Kbd keys="Enter" cap />
        {t('palette.open')}
      </span>
      <span role="status" className="figures ml-auto">
        {count !== null && t('palette.count', { count })}
      </span>
    </div>
  );
}
