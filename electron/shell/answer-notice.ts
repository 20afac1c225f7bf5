import { Notification } from 'electron';
import { moneyFormat } from '../../shared/money-text';
import type { EndedAnswers } from '../store/queries/ended-answers';
import { mainText } from './text';

/** Shown ones are held here: one that is collected forgets what a click does. */
const shown = new Set<Notification>();

/**
 * Tells that the answers of a conversation have ended: its title and the cost, never the text.
 * `locale` writes the cost; `open` is called on a click.
 */
export function noticeOfAnswers(ended: EndedAnswers, locale: string, open: () => void): void {
  const body = noticeText(ended, locale);
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
export function noticeText(ended: EndedAnswers, locale: string): string | null {
  const { states } = ended;
  const cost = costText(ended, locale);
  if (states.includes('failed')) return mainText('notification.failed', { cost });
  if (states.includes('incomplete')) return mainText('notification.incomplete', { cost });
  if (states.includes('complete')) return mainText('notification.complete', { cost });
  return null;
}

function costText({ known, unknown }: EndedAnswers, locale: string): string {
  const text = moneyFormat(locale).text(known, 6);
  if (unknown === 0) return text;
  return known > 0n
    ? mainText('notification.atLeast', { cost: text })
    : mainText('notification.unknown');
}
