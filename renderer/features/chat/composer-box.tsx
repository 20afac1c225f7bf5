import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app';
import { useComposerInbox } from '../../state/composer-inbox';
import { isOnFirstLine, isOnLastLine } from './caret-line';
import { composerAction, isComposing } from './composer-keys';
import { hasLineOver, LONGEST_WRAPPED } from './long-lines';
import { directionOf } from './text-direction';
import type { WrittenText } from './written-text';

export interface BoxHandle {
  readonly focus: () => void;
  /** Puts another text in the place of all that stands there, with the cursor behind it. */
  readonly replace: (text: string) => void;
  /** Puts a text in the place of this part. */
  readonly insert: (text: string, from: number, to: number) => void;
}

export interface ComposerBoxProps {
  ref: Ref<BoxHandle>;
  written: WrittenText;
  placeholder: string;
  sendKey: Settings['sendKey'];
  spellCheck: boolean;
  /** The list of commands that is open, if it is. */
  list: { readonly id: string; readonly activeId: string | undefined } | null;
  /** The cursor or what is around it changed. */
  onCaret: (text: string, caret: number) => void;
  /** Sees each key first; true: it has done something with it. */
  onKey: (key: string) => boolean;
  onWrite: (text: string) => void;
  onSend: () => void;
  /** What else stands at that place of the earlier messages; null when there is none. */
  onWalk: (by: 1 | -1) => string | null;
  onFiles: (files: Iterable<File>) => void;
}

/** Above this, one step to undo is not worth the time the browser takes to note it. */
const LONG_INSERT = 5_000;

/** Where one writes. The text is the browser's own; React never sets it while one types. */
export function ComposerBox(props: ComposerBoxProps) {
  const { ref, written, sendKey, list, onCaret, onKey, onWrite, onSend, onWalk } = props;
  const { t } = useTranslation();
  const box = useRef<HTMLTextAreaElement>(null);
  /** Where the cursor was put with an earlier message: until it moves the arrows go on walking. */
  const walkedTo = useRef(-1);

  // How it is laid out first; later that is the box's own, as the text is.
  const [first] = useState(() => ({
    direction: directionOf(written.text),
    unwrapped: hasLineOver(written.text, LONGEST_WRAPPED) || undefined,
  }));

  const changed = () => {
    const area = box.current;
    if (!area) return;
    walkedTo.current = -1;
    adapt(area);
    onWrite(area.value);
    onCaret(area.value, area.selectionEnd);
  };
  const replace = (text: string) => {
    const area = box.current;
    if (!area) return;
    area.value = text;
    adapt(area);
    area.setSelectionRange(text.length, text.length);
    area.scrollTop = area.scrollHeight;
    onCaret('', 0);
  };
  const insert = (text: string, from: number, to: number) => {
    const area = box.current;
    if (!area) return;
    area.focus();
    area.setSelectionRange(from, to);
    // The only way to write into a box that the user can take back.
    if (text.length <= LONG_INSERT && document.execCommand('insertText', false, text)) return;
    area.setRangeText(text, from, to, 'end');
    changed();
  };
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus(), replace, insert }));

  useEffect(() => {
    const area = box.current;
    if (!area) return;
    adapt(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }, []);
  const { waiting, take } = useComposerInbox();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes is put in once
  useEffect(() => {
    const area = box.current;
    if (waiting === '' || !area) return;
    const at = area.selectionEnd;
    const lineStart = at === 0 || area.value[at - 1] === '\n';
    insert((lineStart ? '' : '\n\n') + take(), at, at);
  }, [waiting]);

  const walk = (event: KeyboardEvent, by: 1 | -1) => {
    const area = box.current;
    if (!area) return;
    const still =
      area.selectionStart === walkedTo.current && area.selectionEnd === walkedTo.current;
    if (!still && !(by === 1 ? isOnFirstLine(area) : isOnLastLine(area))) return;
    const text = onWalk(by);
    if (text === null) return;
    event.preventDefault();
    replace(text);
    walkedTo.current = text.length;
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event.nativeEvent)) return;
    if (onKey(event.key)) {
      event.preventDefault();
      return;
    }
    const action = composerAction(event.nativeEvent, sendKey);
    switch (action) {
      case 'send':
        event.preventDefault();
        onSend();
        break;
      case 'break': {
        event.preventDefault();
        const { selectionStart, selectionEnd } = event.currentTarget;
        insert('\n', selectionStart, selectionEnd);
        break;
      }
      case 'back':
        walk(event, 1);
        break;
      case 'forth':
        walk(event, -1);
        break;
      case null:
        break;
    }
  };
  const paste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData;
    // Text that was copied from a document comes with a picture of itself.
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    props.onFiles(files);
  };
  return (
    <textarea
      ref={box}
      aria-label={t('composer.message')}
      aria-autocomplete="list"
      aria-controls={list?.id}
      aria-activedescendant={list?.activeId}
      rows={1}
      dir={first.direction}
      spellCheck={props.spellCheck}
      data-unwrapped={first.unwrapped}
      defaultValue={written.text}
      placeholder={props.placeholder}
      onInput={changed}
      onSelect={({ currentTarget }) => onCaret(currentTarget.value, currentTarget.selectionEnd)}
      onKeyDown={press}
      onPaste={paste}
    />
  );
}

/** Has the text run the way its script does, and wrap unless that takes too long. */
function adapt(area: HTMLTextAreaElement): void {
  area.toggleAttribute('data-unwrapped', hasLineOver(area.value, LONGEST_WRAPPED));
  const direction = directionOf(area.value);
  if (area.dir !== direction) area.dir = direction;
}
