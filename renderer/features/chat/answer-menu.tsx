import {
  AlignLeft,
  Copy,
  Ellipsis,
  FileCode,
  GitFork,
  ListPlus,
  ListX,
  RefreshCw,
  Trash2,
} from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessageId, RunId } from '../../../shared/ids';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { Submenu } from '../../ui/submenu';
import { notify } from '../../ui/toaster';
import { InspectRun } from './inspect-request';
import { useOtherModel } from './other-model';
import { plainText } from './plain-text';
import { useThreadView } from './thread-view';

export interface AnswerMenuProps {
  runId: RunId | null;
  /** The answer's words and where they stand; null while they arrive, or where they cannot be changed. */
  words: { readonly messageId: MessageId; readonly text: string } | null;
  /** Models that were asked lately, to be asked again; left out where that is not offered. */
  again?: { readonly models: readonly string[]; readonly ask: ((model: string) => void) | null };
  /** Goes on from here in a conversation of its own; left out where that is not offered. */
  onFork?: () => void;
  /** Deletes the answer, or it and all that follows; left out where that is not offered. */
  onRemove?: (following: boolean) => void;
}

/** What is rarely wanted of an answer. */
export function AnswerMenu({ runId, words, again, onFork, onRemove }: AnswerMenuProps) {
  const { t } = useTranslation();
  const [inspecting, setInspecting] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const ask = again?.ask ?? null;
  return (
    <>
      <Menu
        trigger={
          <IconButton
            ref={button}
            label={t('receipt.more')}
            icon={Ellipsis}
            small
            data-action="more"
          />
        }
      >
        {again && (
          <Submenu icon={RefreshCw} label={t('receipt.answerWith')} disabled={ask === null}>
            {again.models.map((model) => (
              <MenuItem key={model} onSelect={() => ask?.(model)}>
                {model}
              </MenuItem>
            ))}
            <MenuSeparator />
            <MenuItem icon={ListPlus} onSelect={() => ask && useOtherModel.getState().ask(ask)}>
              {t('receipt.otherModel')}
            </MenuItem>
          </Submenu>
        )}
        {onFork && words && words.text !== '' && (
          <MenuItem icon={GitFork} onSelect={onFork}>
            {t('nextTurn.fork')}
          </MenuItem>
        )}
        {words && words.text !== '' && <WordEntries {...words} />}
        {runId !== null && (
          <MenuItem icon={FileCode} onSelect={() => setInspecting(true)}>
            {t('inspect.title')}
          </MenuItem>
        )}
        {onRemove && <RemovalEntries onRemove={onRemove} />}
      </Menu>
      {runId !== null && (
        <InspectRun
          runId={runId}
          open={inspecting}
          onOpenChange={setInspecting}
          returnTo={button}
        />
      )}
    </>
  );
}

/** Ways to be rid of a message. */
export function RemovalEntries({ onRemove }: { onRemove: (following: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <MenuSeparator />
      <MenuItem icon={Trash2} danger onSelect={() => onRemove(false)}>
        {t('chat.deleteMessage')}
      </MenuItem>
      <MenuItem icon={ListX} danger onSelect={() => onRemove(true)}>
        {t('chat.deleteFollowing')}
      </MenuItem>
    </>
  );
}

/** Ways to have the words of a message. */
export function WordEntries({ messageId, text }: { messageId: MessageId; text: string }) {
  const { t } = useTranslation();
  const raw = useThreadView((state) => state.raw.has(messageId));
  const showRaw = useThreadView((state) => state.showRaw);
  const copy = (words: string, done: string) => {
    navigator.clipboard.writeText(words).then(
      () => notify({ text: done }),
      () => {},
    );
  };
  return (
    <>
      <MenuItem icon={Copy} onSelect={() => copy(text, t('chat.copiedMarkdown'))}>
        {t('chat.copyMarkdown')}
      </MenuItem>
      <MenuItem icon={Copy} onSelect={() => copy(plainText(text), t('chat.copiedPlain'))}>
        {t('chat.copyPlain')}
      </MenuItem>
      <MenuItem icon={AlignLeft} onSelect={() => showRaw(messageId, !raw)}>
        {raw ? t('chat.rendered') : t('chat.raw')}
      </MenuItem>
    </>
  );
}
