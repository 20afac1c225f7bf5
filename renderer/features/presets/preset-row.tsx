import { Copy, Download, Star, StarOff, Trash2 } from 'lucide-react';
import type { DragEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Preset } from '../../../shared/contract/preset';
import { useSummary } from '../../preset/use-summary';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { ContextMenu, ContextMenuItem, ContextMenuSeparator } from '../../ui/context-menu';
import { TotalCost } from '../../ui/total-cost';
import { usePresetDrafts } from './preset-drafts';
import type { PresetFiles } from './use-preset-files';
import type { PresetWork } from './use-preset-work';

interface PresetRowProps {
  preset: Preset;
  isShown: boolean;
  /** The keys that choose it, as they are written on this computer. */
  keys: string | undefined;
  work: PresetWork;
  files: PresetFiles;
  dropMark: 'before' | 'behind' | undefined;
  onKeyDown: (event: KeyboardEvent) => void;
  onDragStart: () => void;
  onDragOver: (event: DragEvent) => void;
  onDrop: () => void;
  onDragEnd: () => void;
}

/** One preset: its name and what was spent with it, what it sets and its keys. */
export function PresetRow(props: PresetRowProps) {
  const { preset, isShown, keys, work, files } = props;
  const { id, isDefault, spent } = preset;
  const { t } = useTranslation();
  const summary = useSummary();
  const { name, content } = usePresetDrafts(({ drafts }) => drafts.get(id)?.draft) ?? preset;
  return (
    <li
      className="preset-row"
      data-drop={props.dropMark}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', name);
        props.onDragStart();
      }}
      onDragOver={props.onDragOver}
      onDrop={(event) => {
        event.preventDefault();
        props.onDrop();
      }}
      onDragEnd={props.onDragEnd}
    >
      <ContextMenu
        trigger={
          <Link
            href={`/presets/${id}`}
            aria-current={isShown ? 'page' : undefined}
            tabIndex={isShown ? 0 : -1}
            draggable={false}
            onKeyDown={props.onKeyDown}
            className={cx(
              'block rounded-2 px-3 py-2 transition-colors duration-(--m-fast)',
              isShown ? 'bg-surface-active' : 'hover:bg-surface-hover',
            )}
          >
            <span className="flex items-center gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">
                {name.trim() === '' ? preset.name : name}
              </span>
              {isDefault && <Badge>{t('presets.default')}</Badge>}
              <span className="figures text-12 text-text-2">
                <TotalCost total={spent} />
              </span>
            </span>
            <span className="figures flex justify-between gap-2 text-12 text-text-3">
              <span className="min-w-0 truncate">{summary(content)}</span>
              <span className="flex-none">{keys}</span>
            </span>
          </Link>
        }
      >
        <ContextMenuItem icon={Copy} onSelect={() => void work.duplicate(preset)}>
          {t('presets.duplicate')}
        </ContextMenuItem>
        <ContextMenuItem
          icon={isDefault ? StarOff : Star}
          onSelect={() => void work.setDefault(isDefault ? null : preset)}
        >
          {isDefault ? t('presets.noDefault') : t('presets.makeDefault')}
        </ContextMenuItem>
        <ContextMenuItem icon={Download} onSelect={() => void files.exportFile([id])}>
          {t('presets.exportOne')}
        </ContextMenuItem>
        <ContextMenuSeparator />
        <ContextMenuItem icon={Trash2} danger onSelect={() => void work.remove(preset)}>
          {t('presets.delete')}
        </ContextMenuItem>
      </ContextMenu>
    </li>
  );
}
