import {
  Archive,
  ArchiveRestore,
  CircleCheck,
  Download,
  Pencil,
  Pin,
  PinOff,
  Tag,
  Trash2,
  Undo2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import { askTranscript } from '../../state/transcript-request';
import { ContextMenuItem, ContextMenuSeparator } from '../../ui/context-menu';
import { MenuItem, MenuSeparator } from '../../ui/menu';
import { chosenOne } from './conversation-actions';
import type { RowWork } from './row-work';

interface ConversationMenuProps {
  item: ConversationSummary;
  work: RowWork;
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
  const { item, work, Item, Separator } = props;
  const { t } = useTranslation();
  if (item.place === 'trash') return <TrashActions {...props} />;
  const archived = item.place === 'archive';
  return (
    <>
      <Item icon={Pencil} shortcut="F2" onSelect={() => work.rename(item)}>
        {t('sidebar.rename')}
      </Item>
      {!archived && (
        <Item icon={item.pinned ? PinOff : Pin} onSelect={() => work.pin(item)}>
          {item.pinned ? t('sidebar.unpin') : t('sidebar.pin')}
        </Item>
      )}
      <Item icon={Tag} onSelect={() => work.tag(item)}>
        {t('sidebar.tags')}
      </Item>
      <Item icon={CircleCheck} shortcut="Space" onSelect={() => work.choose(item, 'toggle')}>
        {t('sidebar.select')}
      </Item>
      <Item icon={Download} onSelect={() => askTranscript(chosenOne(item))}>
        {t('sidebar.export')}
      </Item>
      <Separator />
      <Item
        icon={archived ? ArchiveRestore : Archive}
        onSelect={() => work.archive(item, !archived)}
      >
        {archived ? t('sidebar.unarchive') : t('sidebar.archive')}
      </Item>
      <Item icon={Trash2} shortcut="Delete" danger onSelect={() => work.remove(item)}>
        {t('sidebar.delete')}
      </Item>
    </>
  );
}

function TrashActions({ item, work, Item, Separator }: ActionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Item icon={Undo2} onSelect={() => work.restore(item)}>
        {t('sidebar.restore')}
      </Item>
      <Item icon={CircleCheck} shortcut="Space" onSelect={() => work.choose(item, 'toggle')}>
        {t('sidebar.select')}
      </Item>
      <Separator />
      <Item icon={Trash2} shortcut="Delete" danger onSelect={() => work.purge(item)}>
        {t('sidebar.purge')}
      </Item>
    </>
  );
}
