import { useTranslation } from 'react-i18next';
import { MAX_TITLE_LENGTH } from '../../../shared/contract/conversation';
import { InlineField } from '../../ui/inline-field';

export interface ConversationTitleProps {
  title: string;
  editing: boolean;
  onEdit: () => void;
  /** The new title, or null when it stays as it is. */
  onDone: (title: string | null) => void;
}

/** The title in the header. A click turns it into a field; Enter and leaving keep, Esc does not. */
export function ConversationTitle({ title, editing, onEdit, onDone }: ConversationTitleProps) {
  const { t } = useTranslation();
  if (editing) {
    return (
      <InlineField
        label={t('chat.title')}
        value={title}
        maxLength={MAX_TITLE_LENGTH}
        onDone={onDone}
        className="-ml-2.5 h-7 w-full max-w-[480px] rounded-2 border border-line-control bg-surface px-[9px] text-13 font-semibold"
      />
    );
  }
  return (
    <h1 className="min-w-0 text-13 font-semibold">
      <button
        type="button"
        dir="auto"
        className="-mx-1.5 block max-w-[calc(100%+12px)] truncate rounded-1 px-1.5 hover:bg-surface-hover"
        onClick={onEdit}
      >
        {title}
      </button>
    </h1>
  );
}
