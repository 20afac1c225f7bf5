import { TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MAX_IMAGES } from '../../../shared/contract/attachment';
import { fileSize } from '../../ui/file-size';
import { Icon } from '../../ui/icon';
import { Spinner } from '../../ui/spinner';
import type { ImageItem } from './image-items';

export interface ImageBarProps {
  items: readonly ImageItem[];
  /** The models that are asked and are known not to see images. */
  blind: readonly string[];
  onRemove: (key: number) => void;
}

/** The images that go along with the message, and the files that do not. */
export function ImageBar({ items, blind, onRemove }: ImageBarProps) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  const kept = items.filter(({ state }) => state.kind !== 'refused');
  return (
    <div className="image-bar">
      {kept.length > 0 && (
        <ul aria-label={t('composer.images')} className="flex flex-wrap gap-2">
          {kept.map((item) => (
            <Thumbnail key={item.key} item={item} onRemove={() => onRemove(item.key)} />
          ))}
        </ul>
      )}
      <div role="status" className="grid gap-1 empty:hidden">
        {items.map((item) => (
          <Refusal key={item.key} item={item} onRemove={() => onRemove(item.key)} />
        ))}
        {kept.length > 0 && blind.length > 0 && (
          <p className="text-12 text-warn">
            {t('composer.blind', { count: blind.length, models: blind.join(', ') })}
          </p>
        )}
      </div>
    </div>
  );
}

interface ItemProps {
  item: ImageItem;
  onRemove: () => void;
}

function Thumbnail({ item, onRemove }: ItemProps) {
  const { t } = useTranslation();
  const { name, bytes, state } = item;
  return (
    <li className="image-thumb" title={name}>
      {state.kind === 'added' ? (
        <img src={`app://slice/attachment/${state.attachment.sha256}`} alt={name} />
      ) : (
        <span className="grid size-14 place-items-center">
          <Spinner label={t('composer.imageAdding')} />
        </span>
      )}
      <span className="figures px-1 text-11 text-text-3">{fileSize(bytes)}</span>
      <button
        type="button"
        aria-label={t('composer.removeImage', { name })}
        onClick={onRemove}
        className="absolute -top-1.5 -right-1.5 grid size-5 place-items-center rounded-full border border-line-strong bg-surface-raised text-text-2 shadow-low hover:text-text"
      >
        <Icon icon={X} small className="size-3" />
      </button>
    </li>
  );
}

function Refusal({ item, onRemove }: ItemProps) {
  const { t } = useTranslation();
  if (item.state.kind !== 'refused') return null;
  return (
    <p className="flex items-center gap-1.5 text-12 text-danger">
      <Icon icon={TriangleAlert} small />
      <span className="min-w-0 truncate">
        {t(`composer.imageErrors.${item.state.problem}`, { name: item.name, count: MAX_IMAGES })}
      </span>
      <button
        type="button"
        aria-label={t('composer.dismiss', { name: item.name })}
        onClick={onRemove}
        className="grid size-5 flex-none place-items-center rounded-1 text-text-3 hover:bg-surface-hover hover:text-text"
      >
        <Icon icon={X} small className="size-3" />
      </button>
    </p>
  );
}
