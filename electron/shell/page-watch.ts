import type { BrowserWindow } from 'electron';
import { type ConversationId, conversationId, type MessageId } from '../../shared/ids';
import { APP_ORIGIN } from './app-protocol';
import type { PageCrashes } from './page-crashes';
import { mainText } from './text';

export interface PageWatchParts {
  readonly crashes: PageCrashes;
  /** The answers that a page on this conversation is busy with. */
  readonly openAnswers: (id: ConversationId) => Promise<readonly MessageId[]>;
  /** The query of the page's address that says how it looks. */
  readonly lookQuery: () => string;
  readonly log: (event: string, error: unknown) => void;
}

/**
 * Brings a page back that has crashed. Main goes on receiving meanwhile, so the new one takes up what
 * is running; one that crashes again and again gives way to a few words that ask what to do.
 */
export function watchPage(window: BrowserWindow, parts: PageWatchParts): void {
  const { crashes, openAnswers, lookQuery, log } = parts;
  const contents = window.webContents;
  let inWords = false;
  const bringBack = async (reason: string) => {
    log(`the page is gone: ${reason}`, null);
    const url = contents.getURL();
    const open = await openAnswersOf(url, openAnswers).catch(() => []);
    if (window.isDestroyed()) return;
    switch (crashes.add(open)) {
      case 'page':
        contents.reload();
        return;
      case 'words':
        inWords = true;
        await window.loadURL(wordsAddress(lookQuery(), placeOf(url)));
        return;
      case 'nothing':
        return;
    }
  };
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    bringBack(reason).catch((error: unknown) => log('the page could not be brought back', error));
  });
  contents.on('did-navigate', (_event, url) => {
    if (!inWords || url.startsWith(WORDS)) return;
    inWords = false;
    crashes.tryAgain();
  });
}

const WORDS = `${APP_ORIGIN}/broken.html`;

/** Where in the page one is, as its address says it. */
function placeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hash : '';
}

/** A page without our program, whose words and way back stand in its address. */
function wordsAddress(look: string, place: string): string {
  const words = new URLSearchParams({
    title: mainText('broken.title'),
    text: mainText('broken.text'),
    open: mainText('broken.open'),
    next: `index.html?${look}${place}`,
  });
  return `${WORDS}?${look}&${words}`;
}

const CONVERSATION = /^#\/chat\/(\d+)/;

async function openAnswersOf(
  url: string,
  openAnswers: PageWatchParts['openAnswers'],
): Promise<readonly MessageId[]> {
  const [, id] = CONVERSATION.exec(placeOf(url)) ?? [];
  return id === undefined ? [] : openAnswers(conversationId.parse(Number(id)));
}
