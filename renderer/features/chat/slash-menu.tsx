import { BookMarked, type LucideIcon, Pencil, Plus, Save, SlidersHorizontal } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prompt } from '../../../shared/contract/preset';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { lineId, type OpenSlash, type SlashEntry } from './use-slash';

export interface SlashMenuProps {
  open: OpenSlash;
  onActive: (index: number) => void;
  onChoose: (entry: SlashEntry) => void;
  onEdit: (prompt: Prompt) => void;
}

/** Above the box while a command is typed: what it can mean. */
export function SlashMenu({ open, onActive, onChoose, onEdit }: SlashMenuProps) {
  const { t } = useTranslation();
  const { id, entries, active } = open;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current
      ?.querySelector(`#${CSS.escape(lineId({ id, active }))}`)
      ?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  const line = (entry: SlashEntry, index: number) => (
    // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names the active line
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box hands its keys on
    <div
      key={`${entry.kind} ${keyOf(entry)}`}
      id={lineId({ id, active: index })}
      role="option"
      aria-selected={index === active}
      className="slash-line group"
      onPointerMove={() => index !== active && onActive(index)}
      // The box would lose the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => onChoose(entry)}
    >
      <Icon icon={ICONS[entry.kind]} small className="text-text-3" />
      <span className="max-w-1/2 flex-none truncate">{entry.name}</span>
      <span className="min-w-0 flex-1 truncate text-12 text-text-3">{hintOf(entry)}</span>
      {entry.kind === 'prompt' && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden="true"
          title={t('composer.prompts.edit', { name: entry.name })}
          className="grid size-6 flex-none place-items-center rounded-1 text-text-3 opacity-0 group-hover:opacity-100 hover:bg-surface-hover"
          onClick={(event) => {
            event.stopPropagation();
            onEdit(entry.prompt);
          }}
        >
          <Icon icon={Pencil} small />
        </button>
      )}
    </div>
  );
  return (
    <div className="slash-menu floating">
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={t('composer.slash.title')}
        className="max-h-72 overflow-y-auto p-1"
      >
        {GROUPS.map(({ heading, kinds }) => {
          const lines = entries.flatMap((entry, index) =>
            kinds.some((kind) => kind === entry.kind) ? [line(entry, index)] : [],
          );
          if (lines.length === 0) return null;
          return heading === null ? (
            <div
              key="own"
              role="presentation"
              className="mt-1 border-t border-line pt-1 first:mt-0 first:border-0 first:pt-0"
            >
              {lines}
            </div>
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: a group of options
            <div key={heading} role="group" aria-label={t(`composer.slash.${heading}`)}>
              <div aria-hidden="true" className="px-2 pt-2 pb-1 text-11 font-medium text-text-3">
                {t(`composer.slash.${heading}`)}
              </div>
              {lines}
            </div>
          );
        })}
      </div>
      <div
        className="flex gap-3 border-t border-line px-3 py-1.5 text-11 text-text-3"
        aria-hidden="true"
      >
        <Hint keys="Enter" text={t('composer.slash.choose')} />
        <Hint keys="Escape" text={t('composer.slash.close')} />
      </div>
    </div>
  );
}

function Hint({ keys, text }: { keys: string; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <Kbd keys={keys} cap />
      {text}
    </span>
  );
}

const GROUPS: readonly {
  readonly heading: 'presets' | 'prompts' | null;
  readonly kinds: readonly SlashEntry['kind'][];
}[] = [
  { heading: 'presets', kinds: ['preset'] },
  { heading: 'prompts', kinds: ['prompt'] },
  { heading: null, kinds: ['save', 'new', 'manage'] },
];

const ICONS: Readonly<Record<SlashEntry['kind'], LucideIcon>> = {
  preset: SlidersHorizontal,
  prompt: BookMarked,
  save: Save,
  new: Plus,
  manage: Pencil,
};

function keyOf(entry: SlashEntry): string {
  switch (entry.kind) {
    case 'preset':
      return String(entry.preset.id);
    case 'prompt':
      return String(entry.prompt.id);
    default:
      return '';
  }
}

const HINT_LENGTH = 120;

function hintOf(entry: SlashEntry): string {
  switch (entry.kind) {
    case 'preset':
      return entry.preset.content.model ?? '';
    case 'prompt':
      return entry.prompt.text.slice(0, HINT_LENGTH).replace(/\s+/g, ' ');
    default:
      return '';
  }
}
