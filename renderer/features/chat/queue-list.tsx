import { Pencil, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button';
import { Spinner } from '../../ui/spinner';
import { failureTitle } from './failure-text';
import type { Hold, Queue, QueuedMessage } from './queue';

export interface QueueListProps {
  queue: Queue;
  /** An answer is on its way. */
  running: boolean;
  /** Why nothing can be sent at present. */
  hindered: boolean;
  connectionName: string;
  model: string;
  onEdit: (message: QueuedMessage) => void;
  onRemove: (key: number) => void;
  onSendNow: (key: number) => void;
}

/** Above the composer: the messages that wait for the answer before them. */
export function QueueList(props: QueueListProps) {
  const { queue, running, connectionName, model } = props;
  const { t } = useTranslation();
  const { messages, hold } = queue;
  if (messages.length === 0) return null;
  const reason = (why: Hold) =>
    why.kind === 'refused'
      ? t('composer.queue.refused', {
          reason: failureTitle(why.failure, { name: connectionName, model }, t),
        })
      : t(`composer.queue.${why.kind}`);
  return (
    <section aria-label={t('composer.queue.title')} className="composer-queue">
      <p role="status" className={hold ? 'text-warn' : 'text-text-3'}>
        {hold ? reason(hold) : t(running ? 'composer.queue.next' : 'composer.queue.going')}
      </p>
      <ol>
        {messages.map((message) => (
          <Waiting key={message.key} message={message} {...props} />
        ))}
      </ol>
    </section>
  );
}

const SHOWN = 300;

function Waiting(props: QueueListProps & { message: QueuedMessage }) {
  const { message, queue, running, hindered, onEdit, onRemove, onSendNow } = props;
  const { t } = useTranslation();
  const { key, text, images, files } = message;
  const leaving = queue.leaving === key;
  const words = text.slice(0, SHOWN).replace(/\s+/g, ' ').trim();
  const attached = images.length + files.length;
  return (
    <li className="flex h-7 items-center gap-0.5">
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {words}
        {attached > 0 && (
          <span className="text-12 text-text-3">
            {words !== '' && ' '}
            {t('composer.queue.files', { count: attached })}
          </span>
        )}
      </span>
      {leaving ? (
        <Spinner label={t('composer.queue.leaving')} />
      ) : (
        <>
          <button
            type="button"
            disabled={hindered}
            title={running ? t('composer.queue.sendNowHint') : undefined}
            onClick={() => onSendNow(key)}
            className="h-6 flex-none rounded-1 px-1.5 text-12 font-medium text-text-2 enabled:hover:bg-surface-hover disabled:text-text-disabled"
          >
            {t(running ? 'composer.queue.stopAndSend' : 'composer.queue.sendNow')}
          </button>
          <IconButton
            label={t('composer.queue.edit')}
            icon={Pencil}
            small
            side="top"
            className="size-6"
            onClick={() => onEdit(message)}
          />
          <IconButton
            label={t('composer.queue.remove')}
            icon={X}
            small
            side="top"
            className="size-6"
            onClick={() => onRemove(key)}
          />
        </>
      )}
    </li>
  );
}
