import { Notification } from 'electron';
import type { NanoUsd } from '../../shared/money';
import type { EndedAnswers } from '../store/queries/ended-answers';
import { mainText } from './text';

/** An amount as it may be shown. */
type WriteMoney = (amount: NanoUsd) => string;

/** Shown ones are held here: one that is collected forgets what a click does. */
const shown = new Set<Notification>();

/**
 * Tells that the answers of a conversation have ended: its title and the cost, never the text.
 * `write` says the cost; `open` is called on a click.
 */
export function noticeOfAnswers(ended: EndedAnswers, write: WriteMoney, open: () => void): void {
  const body = noticeText(ended, write);
  if (body === null || !Notification.isSupported()) return;
  const notice = new Notification({ title: ended.title, body, silent: true });
  shown.add(notice);
  notice.on('click', () => {
    shown.delete(notice);
    open();
  });
  notice.on('close', () => shown.delete(notice));
  notice.show();
}

/** What the notice says; null when there is nothing to say because the user ended it. */
export function noticeText(ended: EndedAnswers, write: WriteMoney): string | null {
  const { states } = ended;
  const cost = costText(ended, write);
  if (states.includes('failed')) return mainText('notification.failed', { cost });
  if (states.includes('incomplete')) return mainText('notification.incomplete', { cost });
  if (states.includes('complete')) return mainText('notification.complete', { cost });
  return null;
}

function costText({ known, unknown }: EndedAnswers, write: WriteMoney): string {
  const text = write(known);
  if (unknown === 0) return text;
  return known > 0n
    ? mainText('notification.atLeast', { cost: text })
    : mainText('notification.unknown');
}
