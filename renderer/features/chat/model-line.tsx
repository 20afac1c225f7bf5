import { Command } from 'cmdk';
import { Check, ChevronRight, Eye, Plus, Star } from 'lucide-react';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model, ModelRecord } from '../../../shared/contract/connection';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { Icon } from '../../ui/icon';
import { isForChat } from './model-lines';
import { recordText } from './model-records';
import { contextText, modelText } from './model-text';

export interface ModelLineProps {
  model: Model;
  /** How it did in the user's own ledger. */
  record: ModelRecord | undefined;
  chosen: boolean;
  /** Null when no more can be added. */
  onAdd: ((id: string) => void) | null;
  onChoose: (id: string) => void;
  /** Null where there is nothing to choose between. */
  onProviders: (() => void) | null;
  /** Some of the lines have providers to choose between. */
  hasProviders: boolean;
  onStar: (id: string, favourite: boolean) => void;
}

/** One model: its name, what it asks, and what can be done with it besides choosing it. */
export const ModelLine = memo(function ModelLine(props: ModelLineProps) {
  const { model, record, chosen, onAdd, onChoose, onProviders, onStar, hasProviders } = props;
  const { t } = useTranslation();
  const { id, favourite } = model;
  const notForChat = isForChat(model) ? null : t('models.notForChat', { type: model.type ?? '' });
  const context = contextText(model, t);
  const text = modelText(model, t);
  const own = record ? recordText(record, t) : null;
  // Without the names of the buttons in it, which would be read with every line.
  const said = [
    id,
    chosen ? t('models.chosen') : null,
    favourite ? t('models.favourite') : null,
    model.seesImages === true ? t('models.seesImages') : null,
    notForChat,
    text,
    context,
    own,
  ];
  const inferred = model.offers[0]?.inferred ?? false;
  return (
    <Command.Item value={id} onSelect={() => onChoose(id)} className="model-line group">
      <span className="sr-only">{said.filter((part) => part !== null).join(', ')}</span>
      {/* The keys below the list do the same: what stands in an option cannot be a stop of its own. */}
      <span
        aria-hidden="true"
        title={t(favourite ? 'models.unstar' : 'models.star', { model: id })}
        onClick={alone(() => onStar(id, !favourite))}
        className="model-action"
      >
        <Icon
          icon={Star}
          small
          className={favourite ? 'fill-current text-accent-text' : 'text-text-3 opacity-60'}
        />
      </span>
      <span aria-hidden="true" className="min-w-0 flex-1">
        <span className="flex items-center gap-1.5">
          <span className="truncate">{id}</span>
          {model.seesImages === true && (
            <span title={t('models.seesImages')} className="flex-none text-text-3">
              <Icon icon={Eye} small />
            </span>
          )}
          {notForChat !== null && <Badge>{notForChat}</Badge>}
          <span className="figures ml-auto flex-none pl-2 text-12 text-text-3">{context}</span>
        </span>
        <span
          className="figures block truncate text-12 text-text-3"
          title={inferred ? t('models.inferredHint') : undefined}
        >
          {text}
        </span>
        {own !== null && <span className="figures block truncate text-12 text-text-2">{own}</span>}
      </span>
      {hasProviders && !onProviders && <span className="model-action" />}
      {onProviders && (
        <span
          aria-hidden="true"
          title={t('models.providersOf', { model: id })}
          onClick={alone(onProviders)}
          className={cx(
            'model-action text-text-3 opacity-0 group-hover:opacity-100',
            'group-data-[selected=true]:opacity-100',
          )}
        >
          <Icon icon={ChevronRight} small />
        </span>
      )}
      {chosen ? (
        <span aria-hidden="true" className="model-action text-accent-text">
          <Icon icon={Check} small />
        </span>
      ) : (
        onAdd && (
          <span
            aria-hidden="true"
            title={t('models.add', { model: id })}
            onClick={alone(() => onAdd(id))}
            className={cx(
              'model-action text-text-3 opacity-0 group-hover:opacity-100',
              'group-data-[selected=true]:opacity-100',
            )}
          >
            <Icon icon={Plus} small />
          </span>
        )
      )}
    </Command.Item>
  );
});

/** Keeps a click from choosing the line around it. */
function alone(act: () => void) {
  return (event: MouseEvent) => {
    event.stopPropagation();
    act();
  };
}
