import { hexSource } from '../hash';
import { Chance } from './chance';
import { type ConversationPlan, converse } from './conversation';
import type { SampleConversation } from './sample';
import type { Subject } from './subject';
import { SUBJECTS_OF_HOME } from './subjects-of-home';
import { SUBJECTS_OF_READING } from './subjects-of-reading';
import { SUBJECTS_OF_WORK } from './subjects-of-work';

const SUBJECTS = [...SUBJECTS_OF_WORK, ...SUBJECTS_OF_HOME, ...SUBJECTS_OF_READING];

export interface HistoryRequest {
  /** The last day, in the time zone of the user, as `YYYY-MM-DD`. */
  readonly today: string;
  /** No answer ends after this moment, in ms since 1970. */
  readonly until: number;
  /** The first moment of the day that is so many days before today, in ms since 1970. */
  readonly startOf: (daysAgo: number) => number;
  readonly seed?: number;
}

export const SAMPLE_DAYS = 90;

const SEED = 20;

/** How many conversations begin on a working day, and on another. */
const ON_WORKDAYS = [1, 2, 2, 3, 3] as const;
const ON_WEEKENDS = [0, 0, 1, 1] as const;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Hours at which people begin; work has its two peaks. */
const WORK_HOURS = [8, 9, 9, 10, 10, 10, 11, 11, 13, 14, 14, 15, 15, 15, 16, 17] as const;
const HOME_HOURS = [7, 12, 18, 19, 19, 20, 20, 21] as const;

/**
 * Ninety days of conversations that somebody might have had, the oldest first. Nothing is left to the
 * clock or to luck: the same request gives the same samples, and what was said on a day stays as that
 * day goes on.
 */
export function sampleHistory(request: HistoryRequest): SampleConversation[] {
  const { today, until, startOf, seed = SEED } = request;
  const openers = new Openers(new Chance(seed));
  const conversations: SampleConversation[] = [];
  let planned = 0;
  for (let daysAgo = SAMPLE_DAYS - 1; daysAgo >= 0; daysAgo -= 1) {
    const weekday = new Date(Date.parse(`${today}T00:00:00Z`) - daysAgo * DAY_MS).getUTCDay();
    const weekend = weekday === 0 || weekday === 6;
    const chance = new Chance(seed * 1000 + daysAgo);
    const newId = hexSource(seed * 2000 + daysAgo);
    const count = chance.pick(weekend ? ON_WEEKENDS : ON_WORKDAYS);
    const plans = Array.from({ length: count }, (_, index): ConversationPlan => {
      const { subject, question } = openers.next(weekend);
      const hour = chance.pick(isWork(subject) && !weekend ? WORK_HOURS : HOME_HOURS);
      const minute = hour * 60 + chance.between(0, 50);
      return {
        subject,
        question,
        startedAt: startOf(daysAgo) + minute * MINUTE_MS + chance.between(0, 59) * 1000,
        until,
        progress: 1 - daysAgo / (SAMPLE_DAYS - 1),
        ...lotOf(planned + index),
      };
    }).sort((a, b) => a.startedAt - b.startedAt);
    planned += count;
    for (const plan of plans) {
      const conversation = converse(chance, newId, plan);
      if (conversation.turns.length > 0) conversations.push(conversation);
    }
  }
  return conversations;
}

/** What is to be there for sure does not hang on luck: every so many conversations it comes. */
function lotOf(number: number): Pick<ConversationPlan, 'compared' | 'place'> {
  const compared = number % 17 === 5;
  if (number % 37 === 9) return { compared, place: 'trash' };
  if (number % 23 === 2) return { compared, place: 'archive' };
  return { compared, place: number % 47 === 40 ? 'pinned' : 'list' };
}

function isWork({ kind }: Subject): boolean {
  return kind === 'code' || kind === 'writing' || kind === 'reading';
}

interface Opener {
  readonly subject: Subject;
  readonly question: string;
}

/** First questions in an order without a pattern; each comes once before any comes again. */
class Openers {
  readonly #chance: Chance;
  #left: Opener[] = [];

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** One for a working day or for a weekend, if there is such a one left. */
  next(weekend: boolean): Opener {
    if (this.#left.length === 0) {
      this.#left = this.#chance.shuffled(
        SUBJECTS.flatMap((subject) => subject.questions.map((question) => ({ subject, question }))),
      );
    }
    const at = this.#left.findIndex(({ subject }) => !weekend || !isWork(subject));
    const [opener] = this.#left.splice(Math.max(0, at), 1);
    if (!opener) throw new Error('there is nothing to ask about');
    return opener;
  }
}
