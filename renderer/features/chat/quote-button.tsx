import { TextQuote } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../state/commands';
import { quotation, useComposerInbox } from '../../state/composer-inbox';
import { useKeysOf } from '../../state/shortcuts';
import { Icon } from '../../ui/icon';
import { Kbd } from '../../ui/kbd';

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where words of messages stand. */
const WORDS = '.prose, .raw-message, .compare-asked';

/** A small button beside words that are selected in a thread: quotes them in the composer. */
export function QuoteButton({ within }: { within: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const keys = useKeysOf('quote');
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => watchSelection(within, setPlace), [within]);
  const quote = () => {
    const text = document.getSelection()?.toString() ?? '';
    if (text.trim() === '') return;
    useComposerInbox.getState().put(quotation(text));
    document.getSelection()?.removeAllRanges();
    setPlace(null);
  };
  useCommand('quote', place === null ? null : quote);
  if (place === null) return null;
  return createPortal(
    <button
      type="button"
      className="quote-button floating"
      style={{ left: place.x, top: place.y }}
      // Pressed, it must not take the selection away before it is read.
      onPointerDown={(event) => event.preventDefault()}
      onClick={quote}
    >
      <Icon icon={TextQuote} small />
      {t('chat.quote')}
      {keys !== undefined && <Kbd keys={keys} />}
    </button>,
    document.body,
  );
}

/** Shows where the selection within stands, while no button is held. */
export function watchSelection(
  within: RefObject<HTMLElement | null>,
  show: (place: Place | null) => void,
): () => void {
  let pressed = false;
  const look = () => show(pressed ? null : placeOf(within.current));
  const press = () => {
    pressed = true;
  };
  const release = () => {
    pressed = false;
    look();
  };
  document.addEventListener('selectionchange', look);
  window.addEventListener('pointerdown', press);
  window.addEventListener('pointerup', release);
  // Nothing else tells the page that a press has become a drag of what was selected.
  window.addEventListener('pointercancel', release);
  window.addEventListener('scroll', look, { capture: true, passive: true });
  window.addEventListener('resize', look);
  return () => {
    document.removeEventListener('selectionchange', look);
    window.removeEventListener('pointerdown', press);
    window.removeEventListener('pointerup', release);
    window.removeEventListener('pointercancel', release);
    window.removeEventListener('scroll', look, { capture: true });
    window.removeEventListener('resize', look);
  };
}

const HEIGHT = 28;
const GAP = 6;

/** Above the selection where there is room, else below it. Null: no words of a message are selected. */
function placeOf(thread: HTMLElement | null): Place | null {
  const selection = document.getSelection();
  if (!thread || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  const start = elementOf(range.startContainer)?.closest(WORDS) ?? null;
  if (!start || !thread.contains(start) || !thread.contains(range.endContainer)) return null;
  const box = range.getBoundingClientRect();
  const frame = thread.getBoundingClientRect();
  if (box.height === 0 || box.bottom < frame.top || box.top > frame.bottom) return null;
  const above = box.top - HEIGHT - GAP;
  const y = above >= frame.top ? above : Math.min(box.bottom + GAP, frame.bottom - HEIGHT - GAP);
  return { x: Math.max(frame.left + 8, Math.min(box.left, frame.right - 120)), y };
}

function elementOf(node: Node): Element | null {
  return node instanceof Element ? node : node.parentElement;
}
