import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_OPENING, type OpeningMessage } from '../../../shared/contract/preset';
import { estimateTokens } from '../../../shared/token-estimate';
import { Button } from '../../ui/button';
import { cx } from '../../ui/class-names';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { SmallSelect } from '../../ui/small-select';
import { FieldNote, textBox } from '../../ui/text-field';
import { notify } from '../../ui/toaster';

interface OpeningMessagesProps {
  messages: readonly OpeningMessage[];
  /** Changes them as they are then: a notice may do so later. */
  onChange: (change: (now: readonly OpeningMessage[]) => readonly OpeningMessage[]) => void;
}

/** What stands in a conversation before its first question, in turns. */
export function OpeningMessages({ messages, onChange }: OpeningMessagesProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLOListElement>(null);
  const tokens = messages.reduce((sum, { text }) => sum + estimateTokens(text), 0);
  const replace = (index: number, message: OpeningMessage) =>
    onChange((now) => now.with(index, message));
  const move = (index: number, by: 1 | -1) => {
    const message = messages[index];
    if (!message) return;
    onChange((now) => now.toSpliced(index, 1).toSpliced(index + by, 0, message));
    // The button goes along with its message; at the end of the way it is the other one.
    requestAnimationFrame(() => {
      const buttons = list.current?.children[index + by]?.querySelectorAll('button[data-by]');
      for (const button of buttons ?? []) {
        if (!(button instanceof HTMLButtonElement) || button.disabled) continue;
        button.focus();
        if (button.dataset.by === String(by)) break;
      }
    });
  };
  const remove = (index: number, message: OpeningMessage) => {
    onChange((now) => now.toSpliced(index, 1));
    if (message.text.trim() === '') return;
    notify({
      text: t('presets.opening.removed'),
      action: {
        label: t('presets.undo'),
        onSelect: () => onChange((now) => now.toSpliced(index, 0, message)),
      },
    });
  };
  const add = () => {
    const role = messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
    onChange((now) => [...now, { role, text: '' }]);
    requestAnimationFrame(() => list.current?.lastElementChild?.querySelector('textarea')?.focus());
  };
  return (
    <section aria-label={t('presets.opening.title')} className="preset-group mt-4">
      <div className="flex items-end justify-between gap-2">
        <h3 className="parameter-heading">{t('presets.opening.title')}</h3>
        {tokens > 0 && (
          <span className="figures text-12 text-text-3">
            {t('presets.tokens', { count: tokens, tokens: count(tokens) })}
          </span>
        )}
      </div>
      <p className="mt-1 text-12 text-text-3">{t('presets.opening.text')}</p>
      <ol ref={list} className="mt-2 grid gap-3">
        {messages.map((message, index) => (
          <Turn
            // biome-ignore lint/suspicious/noArrayIndexKey: a message is known by its place alone
            key={index}
            message={message}
            number={index + 1}
            last={index === messages.length - 1}
            onChange={(next) => replace(index, next)}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index, message)}
          />
        ))}
      </ol>
      {messages.length < MAX_OPENING && (
        <Button size="sm" className="mt-3" onClick={add}>
          <Icon icon={Plus} small />
          {t('presets.opening.add')}
        </Button>
      )}
    </section>
  );
}

interface TurnProps {
  message: OpeningMessage;
  number: number;
  last: boolean;
  onChange: (message: OpeningMessage) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
}

function Turn({ message, number, last, onChange, onMove, onRemove }: TurnProps) {
  const { t } = useTranslation();
  const id = useId();
  const isEmpty = message.text.trim() === '';
  return (
    <li>
      <div className="flex items-center gap-1">
        <span className="-ml-1.5 flex-1">
          <SmallSelect
            label={t('presets.opening.role', { number })}
            value={message.role}
            options={[
              { value: 'user', label: t('presets.opening.user') },
              { value: 'assistant', label: t('presets.opening.assistant') },
            ]}
            onChange={(role) => onChange({ ...message, role })}
          />
        </span>
        <IconButton
          label={t('presets.opening.up', { number })}
          icon={ArrowUp}
          data-by={-1}
          small
          disabled={number === 1}
          onClick={() => onMove(-1)}
        />
        <IconButton
          label={t('presets.opening.down', { number })}
          icon={ArrowDown}
          data-by={1}
          small
          disabled={last}
          onClick={() => onMove(1)}
        />
        <IconButton
          label={t('presets.opening.remove', { number })}
          icon={Trash2}
          small
          onClick={onRemove}
        />
      </div>
      <textarea
        aria-label={t('presets.opening.message', { number })}
        aria-describedby={`${id}-note`}
        rows={1}
        value={message.text}
        maxLength={200_000}
        onChange={(event) => onChange({ ...message, text: event.target.value })}
        className={cx(textBox, 'field-sizing-content max-h-60 resize-none py-[5px]')}
      />
      {isEmpty && <FieldNote id={`${id}-note`} hint={t('presets.opening.empty')} />}
    </li>
  );
}
