import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset } from '../../../shared/contract/preset';
import type { PresetId } from '../../../shared/ids';
import { usePresetKeyTexts } from '../../preset/preset-keys';
import { movedTo, placeOfDrop } from './preset-order';
import { PresetRow } from './preset-row';
import type { PresetFiles } from './use-preset-files';
import type { PresetWork } from './use-preset-work';

interface PresetListProps {
  presets: readonly Preset[];
  shown: PresetId;
  work: PresetWork;
  files: PresetFiles;
}

interface Drag {
  readonly from: number;
  readonly over: number;
  readonly behind: boolean;
}

/** All presets in the user's order, which dragging and Alt with an arrow key change. */
export function PresetList({ presets, shown, work, files }: PresetListProps) {
  const { t } = useTranslation();
  const keys = usePresetKeyTexts();
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [said, setSaid] = useState('');
  const ids = presets.map(({ id }) => id);

  const move = (from: number, to: number) => {
    const next = movedTo(ids, from, to);
    const name = presets[from]?.name ?? '';
    const place = next.indexOf(ids[from] ?? shown) + 1;
    setSaid(t('presets.movedTo', { name, place, count: ids.length }));
    if (next.some((id, index) => id !== ids[index])) void work.reorder(next);
  };
  const focusRow = (index: number) => {
    const link = list.current?.querySelectorAll('a')[index];
    if (!link) return;
    link.focus();
    link.click();
  };
  const press = (event: KeyboardEvent, index: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by !== undefined && event.altKey) move(index, index + by);
    else if (by !== undefined) focusRow(index + by);
    else if (event.key === 'Home') focusRow(0);
    else if (event.key === 'End') focusRow(presets.length - 1);
    else if (event.key === 'Delete') {
      const preset = presets[index];
      if (preset) void work.remove(preset);
    } else return;
    event.preventDefault();
  };
  const over = (event: DragEvent, index: number) => {
    if (!drag) return;
    event.preventDefault();
    const { top, height } = event.currentTarget.getBoundingClientRect();
    setDrag({ ...drag, over: index, behind: event.clientY > top + height / 2 });
  };
  const drop = () => {
    if (drag) move(drag.from, placeOfDrop(drag.from, drag.over, drag.behind));
    setDrag(null);
  };
  return (
    <div className="min-h-0 overflow-y-auto border-r border-line p-2">
      <ul ref={list} aria-label={t('presets.title')} className="grid grid-cols-1 gap-0.5">
        {presets.map((preset, index) => (
          <PresetRow
            key={preset.id}
            preset={preset}
            isShown={preset.id === shown}
            keys={keys[index]}
            work={work}
            files={files}
            dropMark={markOf(drag, index)}
            onKeyDown={(event) => press(event, index)}
            onDragStart={() => setDrag({ from: index, over: index, behind: false })}
            onDragOver={(event) => over(event, index)}
            onDrop={drop}
            onDragEnd={() => setDrag(null)}
          />
        ))}
      </ul>
      {presets.length > 1 && (
        <p className="px-3 pt-2 text-12 text-text-3">{t('presets.orderHint')}</p>
      )}
      <p role="status" className="sr-only">
        {said}
      </p>
    </div>
  );
}

function markOf(drag: Drag | null, index: number): 'before' | 'behind' | undefined {
  if (!drag || drag.over !== index) return undefined;
  if (placeOfDrop(drag.from, drag.over, drag.behind) === drag.from) return undefined;
  return drag.behind ? 'behind' : 'before';
}
