import { FileText, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MAX_IMAGES } from '../../../shared/contract/attachment';
import { fileSize } from '../../ui/file-size';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Spinner } from '../../ui/spinner';
import type { AttachedItem } from './attached-items';
import { MAX_TEXT_FILES } from './text-files';

export interface AttachedBarProps {
  items: readonly AttachedItem[];
  /** The models that are asked and are known not to see images. */
  blind: readonly string[];
  onRemove: (key: number) => void;
}

/** The files that go along with the message, and those that do not. */
export function AttachedBar({ items, blind, onRemove }: AttachedBarProps) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  const images = items.filter(({ state }) => state.kind === 'image' || isReading(state, 'image'));
  const files = items.filter(({ state }) => state.kind === 'text' || isReading(state, 'text'));
  return (
    <div className="image-bar">
      {images.length > 0 && (
        <ul aria-label={t('composer.images')} className="flex flex-wrap gap-2">
          {images.map((item) => (
            <Thumbnail key={item.key} item={item} onRemove={() => onRemove(item.key)} />
          ))}
        </ul>
      )}
      {files.length > 0 && (
        <ul aria-label={t('composer.files')} className="flex flex-wrap gap-1">
          {files.map((item) => (
            <FileChip key={item.key} item={item} onRemove={() => onRemove(item.key)} />
          ))}
        </ul>
      )}
      <div role="status" className="grid gap-1 empty:hidden">
        {items.map((item) => (
          <Refusal key={item.key} item={item} onRemove={() => onRemove(item.key)} />
        ))}
        {images.length > 0 && blind.length > 0 && (
          <p className="text-12 text-warn">
            {t('composer.blind', { count: blind.length, models: blind.join(', ') })}
          </p>
        )}
      </div>
    </div>
  );
}

/** What is not known yet stands among the text files, where it takes less room. */
function isReading(state: AttachedItem['state'], as: 'image' | 'text'): boolean {
  return state.kind === 'adding' && (state.as ?? 'text') === as;
}

interface ItemProps {
  item: AttachedItem;
  onRemove: () => void;
}

function Thumbnail({ item, onRemove }: ItemProps) {
  const { t } = useTranslation();
  const { name, bytes, state } = item;
  return (
    <li className="image-thumb" title={name}>
      {state.kind === 'image' ? (
        <img src={`app://slice/attachment/${state.attachment.sha256}`} alt={name} />
      ) : (
        <span className="grid size-14 place-items-center">
          <Spinner label={t('composer.fileAdding')} />
        </span>
      )}
      <span className="figures px-1 text-11 text-text-3">{fileSize(bytes)}</span>
      <button
        type="button"
        aria-label={t('composer.removeFile', { name })}
        onClick={onRemove}
        className="absolute -top-1.5 -right-1.5 grid size-5 place-items-center rounded-full border border-line-strong bg-surface-raised text-text-2 shadow-low hover:text-text"
      >
        <Icon icon={X} small className="size-3" />
      </button>
    </li>
  );
}

function FileChip({ item, onRemove }: ItemProps) {
  const { t } = useTranslation();
  const { name, bytes, state } = item;
  return (
    <li className="model-chip file-chip" title={name}>
      <Icon icon={FileText} small className="flex-none text-text-3" />
      <span className="min-w-0 truncate text-text">{name}</span>
      <span className="figures flex-none text-text-3">
        {fileSize(bytes)}
        {state.kind === 'text' &&
          `${t('composer.price.comma')}${t('composer.price.tokens', { count: state.tokens, tokens: count(state.tokens) })}`}
      </span>
      {state.kind === 'adding' && <Spinner label={t('composer.fileAdding')} />}
      <button
        type="button"
        aria-label={t('composer.removeFile', { name })}
        onClick={onRemove}
        className="grid size-5 flex-none place-items-center rounded-1 text-text-3 hover:bg-surface-hover hover:text-text"
      >
        <Icon icon={X} small className="size-3" />
      </button>
    </li>
  );
}

function Refusal({ item, onRemove }: ItemProps) {
  const { t } = useTranslation();
  const { name, state } = item;
  if (state.kind !== 'refused') return null;
  const most = state.problem === 'too_many_files' ? MAX_TEXT_FILES : MAX_IMAGES;
  return (
    <p className="flex items-center gap-1.5 text-12 text-danger">
      <Icon icon={TriangleAlert} small />
      <span className="min-w-0 truncate">
        {t(`composer.fileErrors.${state.problem}`, { name, count: most })}
      </span>
      <button
        type="button"
        aria-label={t('composer.dismiss', { name })}
        onClick={onRemove}
        className="grid size-5 flex-none place-items-center rounded-1 text-text-3 hover:bg-surface-hover hover:text-text"
      >
        <Icon icon={X} small className="size-3" />
      </button>
    </p>
  );
}
