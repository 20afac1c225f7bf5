import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../shared/contract/connection';
import { useActiveLine } from '../../ui/active-line';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { isCombination } from '../../ui/key-combination';
import { MOST_MODELS } from './asked-models';
import { ModelFilter } from './model-filter';
import { ModelLine } from './model-line';
import {
  type LineGroup,
  type LineOrder,
  lineGroups,
  modelLines,
  type TypeFilter,
} from './model-lines';
import { type ConnectionChoice, ModelListHead } from './model-list-head';
import { ModelListState } from './model-list-state';
import { providerCount } from './model-providers';
import { type ModelOrder, type ModelRecords, NO_RECORDS } from './model-records';
import type { CatalogueState } from './use-catalogue';

export interface ModelListProps {
  state: CatalogueState;
  /** How each did in the user's own ledger. */
  records?: ModelRecords;
  /** The connections whose models can be shown, and the one whose are; absent where that is settled. */
  connections?: ConnectionChoice;
  /** The models that are asked at present, the one of the conversation first. */
  models: readonly string[];
  /** Several are to be asked: choosing one adds it. */
  several?: boolean;
  onChoose: (model: string) => void;
  /** Asks this one too; the list stays open. */
  onAdd: (model: string) => void;
  /** Shows who offers a model; absent where nothing can be chosen of that. */
  onProviders?: ((model: Model) => void) | undefined;
}

/** A catalogue may have a thousand models; so many lines at once would make opening it slow. */
const LINES_AT_ONCE = 40;
const NEAR_THE_END = 200;
const STAR = 'Mod+D';

/** The models of a connection, to search in and to choose from. */
export function ModelList(props: ModelListProps) {
  const { state, records = NO_RECORDS, models, several = false, onAdd, onProviders } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<TypeFilter>('chat');
  // Null: the best match for what is typed.
  const [moved, setMoved] = useState<string | null>(models[0] ?? null);
  const [limit, setLimit] = useState(LINES_AT_ONCE);
  const [order, setOrder] = useState<ModelOrder>('name');
  const all = state.catalogue?.models;
  const sought = useDeferredValue(typed);
  const sorting = useMemo(() => ({ order, records }), [order, records]);
  const groups = useMemo(
    () => lineGroups(modelLines(all ?? [], filter, sought, sorting), sought, sorting),
    [all, filter, sought, sorting],
  );
  const found = useMemo(() => groups.flatMap((group) => group.models), [groups]);
  const own = typed.trim();
  const offersOwn = own !== '' && !all?.some(({ id }) => id === own);
  // The lines may be those for fewer letters yet; Enter takes what fits what is typed.
  const best = useMemo(
    () => bestOf(all ?? [], filter, typed, sorting),
    [all, filter, typed, sorting],
  );
  const isThere = moved === ownValue(own) ? offersOwn : found.some(({ id }) => id === moved);
  const active = isThere && moved !== null ? moved : best;
  const activeLine = useActiveLine(active, setMoved);
  const add = models.length < MOST_MODELS && models.length > 0 ? onAdd : null;
  const choose = (model: string) => {
    if (!several) props.onChoose(model);
    else if (!models.includes(model)) (models.length === 0 ? props.onChoose : add)?.(model);
  };
  const providersOf = (model: Model | undefined) =>
    model && onProviders && providerCount(model) > 1 ? () => onProviders(model) : null;

  const search = (text: string) => {
    setTyped(text);
    setLimit(LINES_AT_ONCE);
    setMoved(null);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const model = active === ownValue(own) ? own : active;
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      if (model === '') return;
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) choose(model);
      else if (!models.includes(model)) add?.(model);
    } else if (isCombination(event, STAR)) {
      event.preventDefault();
      const line = all?.find(({ id }) => id === active);
      if (line) state.setFavourite(line.id, !line.favourite);
    } else if (event.key === 'ArrowRight' && isAtEnd(event.target)) {
      const show = providersOf(all?.find(({ id }) => id === active));
      if (show) event.preventDefault();
      show?.();
    }
  };
  const line = (model: Model) => (
    <ModelLine
      key={model.id}
      model={model}
      record={records.get(model.id)}
      chosen={models.includes(model.id)}
      onAdd={add}
      onChoose={choose}
      onProviders={providersOf(model)}
      hasProviders={onProviders !== undefined}
      onStar={state.setFavourite}
    />
  );
  return (
    <Command
      label={t('composer.searchModels')}
      shouldFilter={false}
      vimBindings={false}
      {...activeLine}
      onKeyDown={press}
      className="flex min-h-0 flex-col"
    >
      <div className="flex h-9 flex-none items-center gap-2 border-b border-line pr-1.5 pl-3">
        <Icon icon={Search} small className="text-text-3" />
        <Command.Input
          value={typed}
          onValueChange={search}
          placeholder={t('composer.searchModels')}
          spellCheck={false}
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
        <ModelListHead
          connections={props.connections}
          records={records}
          order={order}
          onOrder={setOrder}
        />
      </div>
      <ModelFilter models={all ?? []} filter={filter} onChange={setFilter} />
      <Command.List
        label={t('models.list')}
        className="max-h-88 min-h-0 overflow-y-auto p-1"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          const left = scrollHeight - scrollTop - clientHeight;
          if (left < NEAR_THE_END && limit < found.length) setLimit(limit + LINES_AT_ONCE);
        }}
      >
        {firstLines(groups, limit).map(({ heading, models: lines }) => (
          <Command.Group
            key={heading}
            {...(heading === null ? {} : { heading: t(`models.${heading}`) })}
            className="model-group"
          >
            {lines.map(line)}
          </Command.Group>
        ))}
        {offersOwn && (
          <Command.Item
            value={ownValue(own)}
            onSelect={() => choose(own)}
            className="model-line h-8"
          >
            <span className="min-w-0 flex-1 truncate pl-1">
              {t('composer.useTyped', { text: own })}
            </span>
          </Command.Item>
        )}
        {found.length === 0 && !offersOwn && state.catalogue && (
          <p className="px-2 py-1.5 text-12 text-text-3">{t('composer.noModels')}</p>
        )}
      </Command.List>
      <div className="flex flex-none gap-3 border-t border-line px-3 pt-2 text-11 text-text-3">
        <Key keys="Enter" text={t(several ? 'models.keyAdd' : 'models.keyChoose')} />
        {add && !several && <Key keys="Shift+Enter" text={t('models.keyAdd')} />}
        {onProviders && <Key keys="ArrowRight" text={t('models.keyProviders')} />}
        <Key keys={STAR} text={t('models.keyStar')} />
      </div>
      <ModelListState state={state} />
    </Command>
  );
}

function Key({ keys, text }: { keys: string; text: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <Kbd keys={keys} cap />
      {text}
    </span>
  );
}

/** So many lines, the groups in their order. */
function firstLines(groups: readonly LineGroup[], limit: number): readonly LineGroup[] {
  let left = limit;
  return groups.flatMap((group) => {
    const models = group.models.slice(0, Math.max(0, left));
    left -= models.length;
    return models.length > 0 ? [{ ...group, models }] : [];
  });
}

/** Whether an arrow to the right would do nothing in the field. */
function isAtEnd(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.selectionEnd === target.value.length;
}

/** The line that Enter takes after typing. */
function bestOf(
  models: readonly Model[],
  filter: TypeFilter,
  typed: string,
  sorting: LineOrder,
): string {
  const [group] = lineGroups(modelLines(models, filter, typed, sorting), typed, sorting);
  return group?.models[0]?.id ?? ownValue(typed.trim());
}

/** Names the line that takes what was typed; no model can have the same name. */
function ownValue(text: string): string {
  return `own ${text}`;
}
