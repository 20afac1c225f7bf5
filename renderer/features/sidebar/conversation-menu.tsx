import {
  Archive,
  ArchiveRestore,
  CircleCheck,
  Pencil,
  Pin,
  PinOff,
  Tag,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import { ContextMenuItem, ContextMenuSeparator } from '../../ui/context-menu';
import { MenuItem, MenuSeparator } from '../../ui/menu';

/** What the menu of a row can do. */
export interface RowActions {
  readonly rename: () => void;
  readonly pin: () => void;
  readonly tag: () => void;
  readonly select: () => void;
  readonly archive: (archived: boolean) => void;
  readonly remove: () => void;
  readonly restore: () => void;
  readonly purge: () => void;
}

interface ConversationMenuProps {
  item: ConversationSummary;
  actions: RowActions;
}

/** The actions of a row behind its button. */
export function ConversationMenuItems(props: ConversationMenuProps) {
  return <Actions {...props} Item={MenuItem} Separator={MenuSeparator} />;
}

/** The same where the pointer is. */
export function ConversationContextItems(props: ConversationMenuProps) {
  return <Actions {...props} Item={ContextMenuItem} Separator={ContextMenuSeparator} />;
}

interface ActionsProps extends ConversationMenuProps {
  Item: typeof MenuItem | typeof ContextMenuItem;
  Separator: typeof MenuSeparator | typeof ContextMenuSeparator;
}

function Actions(props: ActionsProps) {
  const { item, actions, Item, Separator } = props;
  const { t } = useTranslation();
  if (item.place === 'trash') return <TrashActions {...props} />;
  const archived = item.place === 'archive';
  return (
    <>
      <Item icon={Pencil} shortcut="F2" onSelect={actions.rename}>
        {t('sidebar.rename')}
      </Item>
      {!archived && (
        <Item icon={item.pinned ? PinOff : Pin} onSelect={actions.pin}>
          {item.pinned ? t('sidebar.unpin') : t('sidebar.pin')}
        </Item>
      )}
      <Item icon={Tag} onSelect={actions.tag}>
        {t('sidebar.tags')}
      </Item>
      <Item icon={CircleCheck} shortcut="Space" onSelect={actions.select}>
        {t('sidebar.select')}
      </Item>
      <Separator />
      <Item icon={archived ? ArchiveRestore : Archive} onSelect={() => actions.archive(!archived)}>
        {archived ? t('sidebar.unarchive') : t('sidebar.archive')}
      </Item>
      <Item icon={Trash2} shortcut="Delete" danger onSelect={actions.remove}>
        {t('sidebar.delete')}
      </Item>
    </>
  );
}

function TrashActions({ actions, Item, Separator }: ActionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Item icon={Undo2} onSelect={actions.restore}>
        {t('sidebar.restore')}
      </Item>
      <Item icon={CircleCheck} shortcut="Space" onSelect={actions.select}>
        {t('sidebar.select')}
      </Item>
      <Separator />
      <Item icon={Trash2} shortcut="Delete" danger onSelect={actions.purge}>
        {t('sidebar.purge')}
      </Item>
    </>
  );
}
