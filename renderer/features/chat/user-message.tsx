import { Ellipsis, Pencil } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/conversation';
import { answerText } from '../../../shared/run-view';
import { cx } from '../../ui/class-names';
import { IconButton } from '../../ui/icon-button';
import { Menu } from '../../ui/menu';
import { RemovalEntries, WordEntries } from './answer-menu';
import { AnswerText } from './answer-text';
import type { MessageActions } from './message-actions';
import { MessageEditor } from './message-editor';
import { MessageImages } from './message-images';
import { MessageTime } from './message-time';
import { RawMessage } from './raw-message';
import { useThreadView } from './thread-view';
import { Versions } from './versions';

export interface UserMessageProps {
  message: Message;
  actions: MessageActions;
}

/** What was asked. */
export const UserMessage = memo(function UserMessage({ message, actions }: UserMessageProps) {
  const { t } = useTranslation();
  const { id } = message;
  const raw = useThreadView((state) => state.raw.has(id));
  const editing = useThreadView((state) => state.editing?.id === id);
  const marked = useThreadView((state) => state.marked === id);
  const text = answerText(message.parts);
  return (
    <article
      aria-label={t('chat.you')}
      className={cx('message-asked', marked && 'message-marked')}
      data-message={id}
      tabIndex={-1}
    >
      <div className="message-you">
        {!editing && <MessageTime ms={message.createdAt} />}
        <MessageImages images={message.images} />
        {editing && (
          <MessageEditor message={message} text={useThreadView.getState().editing?.text ?? text} />
        )}
        {!editing && text !== '' && (raw ? <RawMessage text={text} /> : <Words text={text} />)}
      </div>
      <Tools message={message} text={text} actions={actions} editing={editing} />
    </article>
  );
});

function Words({ text }: { text: string }) {
  return <AnswerText text={text} part={0} growing={false} typed />;
}

interface ToolsProps extends UserMessageProps {
  text: string;
  editing: boolean;
}

/** In the space below the message: its versions always, the rest when it has the pointer or the focus. */
function Tools({ message: { id, siblings }, text, actions, editing }: ToolsProps) {
  const { t } = useTranslation();
  const edit = useThreadView((state) => state.edit);
  if (editing) return <div className="message-tools" />;
  return (
    <div className="message-tools">
      {siblings.length > 1 && (
        <Versions ids={siblings} current={id} onSelect={actions.selectVersion} of="message" />
      )}
      <span className="message-tools-more">
        <IconButton
          label={t('chat.edit')}
          icon={Pencil}
          small
          className="size-6"
          onClick={() => edit(id, text)}
        />
        <Menu
          trigger={
            <IconButton label={t('chat.messageMore')} icon={Ellipsis} small className="size-6" />
          }
        >
          <WordEntries messageId={id} text={text} />
          <RemovalEntries onRemove={(following) => actions.remove(id, following)} />
        </Menu>
      </span>
    </div>
  );
}
