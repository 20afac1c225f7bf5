import { Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConversationSummary } from '../../../shared/contract/conversation';
import { ContextMenuItem, ContextMenuSeparator } from '../../ui/context-menu';
import { MenuItem, MenuSeparator } from '../../ui/menu';

interface ConversationMenuProps {
  item: ConversationSummary;
  onStartRename: () => void;
  onPin: () => void;
  onDelete: () => void;
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

function Actions({ item, onStartRename, onPin, onDelete, Item, Separator }: ActionsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Item icon={Pencil} shortcut="F2" onSelect={onStartRename}>
        {t('sidebar.rename')}
      </Item>
      <Item icon={item.pinned ? PinOff : Pin} onSelect={onPin}>
        {item.pinned ? t('sidebar.unpin') : t('sidebar.pin')}
      </Item>
      <Separator />
      <Item icon={Trash2} shortcut="Delete" danger onSelect={onDelete}>
        {t('sidebar.delete')}
      </Item>
    </>
  );
}
