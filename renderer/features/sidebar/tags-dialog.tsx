import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Check, Minus, Plus } from 'lucide-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConversationSummary, tagName } from '../../../shared/contract/conversation';
import { orpc } from '../../rpc/client';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Icon } from '../../ui/icon';
import { textBox } from '../../ui/text-field';
import type { Chosen } from './conversation-actions';

/** On which of the chosen conversations a tag is. */
export type TagState = 'all' | 'some' | 'none';

/** Tags do not differ by capitals. `all`: how many were chosen, where not all of them have been read. */
export function tagState(
  tag: string,
  items: readonly Pick<ConversationSummary, 'tags'>[],
  all = items.length,
): TagState {
  const key = tag.toLowerCase();
  const having = items.filter(({ tags }) => tags.some((own) => own.toLowerCase() === key)).length;
  if (having === 0) return 'none';
  return having === all ? 'all' : 'some';
}

interface TagsDialogProps {
  /** What is tagged; null: nothing now. */
  chosen: Chosen | null;
  /** The conversations that were read; not all of the chosen ones need be among them. */
  items: readonly ConversationSummary[];
  returnTo: RefObject<HTMLElement | null>;
  onClose: () => void;
  onChange: (chosen: Chosen, change: { add?: string; remove?: string }) => void;
}

/** Adds tags to conversations and takes them away; each choice holds at once. */
export function TagsDialog({ chosen, items, returnTo, onClose, onChange }: TagsDialogProps) {
  const { t } = useTranslation();
  const { ids, title } = chosen ?? { ids: [], title: null };
  const wanted = new Set(ids);
  return (
    <Dialog
      open={chosen !== null}
      onOpenChange={(open) => !open && onClose()}
      returnTo={returnTo}
      title={
        title === null
          ? t('sidebar.tagsOfMany', { count: ids.length })
          : t('sidebar.tagsOf', { title })
      }
      actions={
        <Button variant="ink" onClick={onClose}>
          {t('sidebar.tagsDone')}
        </Button>
      }
    >
      <TagList
        items={items.filter(({ id }) => wanted.has(id))}
        all={ids.length}
        onChange={(change) => chosen && onChange(chosen, change)}
      />
    </Dialog>
  );
}

interface TagListProps {
  items: readonly ConversationSummary[];
  /** How many are chosen. */
  all: number;
  onChange: (change: { add?: string; remove?: string }) => void;
}

function TagList({ items, all, onChange }: TagListProps) {
  const { t } = useTranslation();
  // What was done here is on all of them, also on those that were not read.
  const [done, setDone] = useState<ReadonlyMap<string, TagState>>(new Map());
  const [typed, setTyped] = useState('');
  const { data: known = [] } = useQuery(orpc.conversations.tags.queryOptions());
  const own = typed.trim().replace(/^#/, '');
  const found = known.filter(({ name }) => name.toLowerCase().includes(own.toLowerCase()));
  const exists = known.some(({ name }) => name.toLowerCase() === own.toLowerCase());
  const valid = tagName.safeParse(own).success;
  const stateOf = (name: string) =>
    (items.length < all ? done.get(name.toLowerCase()) : undefined) ?? tagState(name, items, all);
  const toggle = (name: string) => {
    const removes = stateOf(name) === 'all';
    onChange(removes ? { remove: name } : { add: name });
    setDone(new Map(done).set(name.toLowerCase(), removes ? 'none' : 'all'));
    setTyped('');
  };
  return (
    <Command label={t('sidebar.tags')} shouldFilter={false} loop className="mt-4">
      <Command.Input
        value={typed}
        onValueChange={setTyped}
        placeholder={t('sidebar.tagFind')}
        spellCheck={false}
        className={`${textBox} h-8`}
      />
      <Command.List
        label={t('sidebar.tags')}
        className="mt-2 max-h-60 min-h-8 overflow-y-auto outline-none"
      >
        {found.map(({ name, count }) => {
          const state = stateOf(name);
          return (
            <Command.Item
              key={name}
              value={`tag ${name}`}
              aria-checked={state === 'some' ? 'mixed' : state === 'all'}
              onSelect={() => toggle(name)}
              className={LINE}
            >
              <span className="grid size-4 flex-none place-items-center">
                {state === 'all' && <Icon icon={Check} small className="text-accent-text" />}
                {state === 'some' && <Icon icon={Minus} small className="text-text-3" />}
              </span>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="figures text-12 text-text-3">{count}</span>
            </Command.Item>
          );
        })}
        {own !== '' && !exists && valid && (
          <Command.Item value="new" onSelect={() => toggle(own)} className={LINE}>
            <span className="grid size-4 flex-none place-items-center">
              <Icon icon={Plus} small className="text-text-3" />
            </span>
            <span className="min-w-0 flex-1 truncate">{t('sidebar.tagNew', { tag: own })}</span>
          </Command.Item>
        )}
        {own !== '' && !valid && (
          <p className="px-2 py-1.5 text-12 text-danger">{t('sidebar.tagInvalid')}</p>
        )}
        {own === '' && known.length === 0 && (
          <p className="px-2 py-1.5 text-12 text-text-3">{t('sidebar.tagNone')}</p>
        )}
      </Command.List>
    </Command>
  );
}

const LINE =
  'flex h-8 items-center gap-2 rounded-2 px-2 select-none data-[selected=true]:bg-surface-active';
