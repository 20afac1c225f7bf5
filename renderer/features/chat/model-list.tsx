import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../shared/contract/connection';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';
import { isCombination } from '../../ui/key-combination';
import { MOST_MODELS } from './asked-models';
import { ModelFilter } from './model-filter';
import { ModelLine } from './model-line';
import { modelLines, type TypeFilter } from './model-lines';
import { ModelListState } from './model-list-state';
import type { CatalogueState } from './use-catalogue';

export interface ModelListProps {
  state: CatalogueState;
  /** The models that are asked at present, the one of the conversation first. */
  models: readonly string[];
  onChoose: (model: string) => void;
  /** Asks this one too; the list stays open. */
  onAdd: (model: string) => void;
}

/** A catalogue may have a thousand models; so many lines at once would make opening it slow. */
const LINES_AT_ONCE = 40;
const NEAR_THE_END = 200;
const STAR = 'Mod+D';

/** The models of a connection, to search in and to choose from. */
export function ModelList({ state, models, onChoose, onAdd }: ModelListProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [filter, setFilter] = useState<TypeFilter>('chat');
  const [selected, setActive] = useState(models[0] ?? '');
  const [limit, setLimit] = useState(LINES_AT_ONCE);
  const all = state.catalogue?.models;
  const sought = useDeferredValue(typed);
  const found = useMemo(() => modelLines(all ?? [], filter, sought), [all, filter, sought]);
  const own = typed.trim();
  const offersOwn = own !== '' && !all?.some(({ id }) => id === own);
  // What was typed before there was a list is looked up in it once it is there.
  const [listed, setListed] = useState(all !== undefined);
  if (all && !listed) {
    setListed(true);
    if (own !== '') setActive(bestOf(all, filter, typed));
  }
  // While lines come and go the command list forgets what was active; then it is the best match.
  const isThere = selected === ownValue(own) ? offersOwn : found.some(({ id }) => id === selected);
  const active = isThere ? selected : bestOf(all ?? [], filter, typed);
  const add = models.length < MOST_MODELS && models.length > 0 ? onAdd : null;

  const search = (text: string) => {
    setTyped(text);
    setLimit(LINES_AT_ONCE);
    // Enter takes the best match, whatever was active before.
    setActive(bestOf(all ?? [], filter, text));
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const model = active === ownValue(own) ? own : active;
    if (event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (model !== '' && !models.includes(model)) add?.(model);
    } else if (isCombination(event, STAR)) {
      event.preventDefault();
      const line = all?.find(({ id }) => id === active);
      if (line) state.setFavourite(line.id, !line.favourite);
    }
  };
  const favourites = found.filter(({ favourite }) => favourite).length;
  const headings = favourites > 0 && own === '';
  const line = (at: number) => {
    const model = found[at];
    return (
      model && (
        <ModelLine
          key={model.id}
          model={model}
          chosen={models.includes(model.id)}
          onAdd={add}
          onChoose={onChoose}
          onStar={state.setFavourite}
        />
      )
    );
  };
  const shown = Math.min(limit, found.length);
  return (
    <Command
      label={t('composer.searchModels')}
      shouldFilter={false}
      vimBindings={false}
      value={active}
      onValueChange={setActive}
      onKeyDown={press}
      className="flex min-h-0 flex-col"
    >
      <div className="flex h-9 flex-none items-center gap-2 border-b border-line px-3">
        <Icon icon={Search} small className="text-text-3" />
        <Command.Input
          value={typed}
          onValueChange={search}
          placeholder={t('composer.searchModels')}
          spellCheck={false}
          className="min-w-0 flex-1 bg-transparent outline-none"
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
        {headings && (
          <Command.Group heading={t('models.favourites')} className="model-group">
            {range(0, Math.min(favourites, shown)).map(line)}
          </Command.Group>
        )}
        <Command.Group
          {...(headings ? { heading: t('models.others') } : {})}
          className="model-group"
        >
          {range(headings ? favourites : 0, shown).map(line)}
        </Command.Group>
        {offersOwn && (
          <Command.Item
            value={ownValue(own)}
            onSelect={() => onChoose(own)}
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
        <Key keys="Enter" text={t('models.keyChoose')} />
        {add && <Key keys="Shift+Enter" text={t('models.keyAdd')} />}
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

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}

/** The line that Enter takes after typing. */
function bestOf(models: readonly Model[], filter: TypeFilter, typed: string): string {
  return modelLines(models, filter, typed)[0]?.id ?? ownValue(typed.trim());
}

/** Names the line that takes what was typed; no model can have the same name. */
function ownValue(text: string): string {
  return `own ${text}`;
}
