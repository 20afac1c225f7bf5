import { useTranslation } from 'react-i18next';
import type { ConversationOrder } from '../../../shared/contract/conversation';
import { monthName } from '../../ui/format';
import type { RowGroup } from './conversation-rows';

interface GroupNameProps {
  group: RowGroup;
  /** The time of the group's first conversation. */
  at: number;
  today: number;
  order: ConversationOrder;
}

/** The words over a group of conversations. */
export function GroupName({ group, at, today, order }: GroupNameProps) {
  const { t } = useTranslation();
  switch (group) {
    case 'pinned':
      return t('sidebar.pinned');
    case 'rest':
      return t(`sidebar.orders.${order}`);
    case 'today':
      return t('sidebar.groupToday');
    case 'yesterday':
      return t('sidebar.groupYesterday');
    case 'month':
      return t('sidebar.groupMonth');
    default:
      return monthName(at, today);
  }
}
