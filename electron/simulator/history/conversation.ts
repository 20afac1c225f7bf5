import { saidOf } from '../answers/choice';
import { longDocument } from '../answers/long-document';
import type { Topic } from '../answers/topic';
import type { Route } from '../catalogue';
import { type Asking, answer, type Fate, WELL } from './answer';
import type { Chance } from './chance';
import type { SampleAnswer, SampleConversation, SampleTurn } from './sample';
import type { Subject } from './subject';
import { comparedWays, type Way, wayFor } from './ways';

export interface ConversationPlan {
  readonly subject: Subject;
  readonly question: string;
  readonly startedAt: number;
  /** No answer ends after this moment. */
  readonly until: number;
  /** From 0 on the first day to 1 today. */
  readonly progress: number;
  /** The first question goes to several models. */
  readonly compared: boolean;
  readonly place: SampleConversation['place'];
}

/** How often things happen to a conversation or to an answer, from 0 to 1. */
const OFTEN = {
  tagged: 0.4,
  otherWay: 0.15,
  again: 0.07,
  edited: 0.03,
  tomorrow: 0.06,
  stopped: 0.04,
  incomplete: 0.018,
  upstream: 0.014,
  noCredit: 0.006,
  refusedFirst: 0.015,
  silent: 0.012,
} as const;

const MOST_FOLLOW_UPS = 7;
const SECOND_MS = 1000;
const DAY_MS = 86_400_000;

/** One conversation from its first question on; without turns where its time has not come. */
export function converse(
  chance: Chance,
  newId: (digits: number) => string,
  plan: ConversationPlan,
): SampleConversation {
  const { subject } = plan;
  const talk = new Talk(chance, newId, plan);
  talk.open();
  const followUps = chance
    .shuffled([...subject.followUps, ...commonFollowUps(subject.topic)])
    .slice(0, chance.between(0, MOST_FOLLOW_UPS));
  for (const [question, reply] of followUps) talk.goOn(question, reply);
  return {
    tags: chance.happens(OFTEN.tagged) ? [subject.tag] : [],
    turns: talk.turns,
    place: plan.place,
  };
}

/** What can be asked about anything. */
function commonFollowUps(topic: Topic): (readonly [string, string])[] {
  return [
    ['In one sentence, please.', topic.openings[1]],
    ['And in more detail?', topic.more],
    ['Anything to watch out for?', topic.closings[0]],
    ['What would you add?', topic.closings[1]],
  ];
}

/** A conversation while it is led. */
class Talk {
  readonly turns: SampleTurn[] = [];
  readonly #chance: Chance;
  readonly #newId: (digits: number) => string;
  readonly #plan: ConversationPlan;
  #way: Way;
  #clock: number;
  /** What was said, as it goes along with the next message. */
  #said: readonly string[] = [];
  #over = false;

  constructor(chance: Chance, newId: (digits: number) => string, plan: ConversationPlan) {
    this.#chance = chance;
    this.#newId = newId;
    this.#plan = plan;
    this.#way = wayFor(chance, plan.subject.kind, plan.progress);
    this.#clock = plan.startedAt;
  }

  open(): void {
    const { subject, question } = this.#plan;
    const { topic, pasted } = subject;
    const text = pasted === undefined ? question : `${question}\n\n${longDocument(pasted)}`;
    const variant = this.#chance.between(0, 2);
    const words = (route: Route, again: number) => saidOf(topic, route.manner, variant + again);
    if (this.#plan.compared) this.#compare(text, words);
    else this.#ask(text, words);
  }

  goOn(question: string, reply: string): void {
    const chance = this.#chance;
    if (chance.happens(OFTEN.otherWay)) {
      this.#way = wayFor(chance, this.#plan.subject.kind, this.#plan.progress);
    }
    const thinkingMs = chance.between(25, 420) * SECOND_MS;
    this.#clock += chance.happens(OFTEN.tomorrow) ? DAY_MS + thinkingMs : thinkingMs;
    this.#ask(question, () => reply);
  }

  /** Asks, and once more where that went wrong or did not please. */
  #ask(text: string, words: (route: Route, again: number) => string): void {
    const chance = this.#chance;
    const before = this.#said;
    const prompt = [...before, text];
    const last = this.#answer(prompt, (route) => words(route, 0), this.#fate());
    if (!this.#take({ kind: 'next', text, system: this.#system, answers: [last] })) return;
    const unhappy = last.end === 'failed' || last.end === 'incomplete';
    this.#clock += chance.between(5, 40) * SECOND_MS;
    if (unhappy || chance.happens(OFTEN.again)) {
      const next = this.#answer(prompt, (route) => words(route, 1), WELL);
      this.#take({ kind: 'again', text: '', system: this.#system, answers: [next] });
    } else if (last.end === 'complete' && chance.happens(OFTEN.edited)) {
      const other = `${text} Please keep it short.`;
      const next = this.#answer([...before, other], (route) => words(route, 2), WELL);
      this.#take({ kind: 'edited', text: other, system: this.#system, answers: [next] });
    }
  }

  #compare(text: string, words: (route: Route, again: number) => string): void {
    this.#way = { ...this.#way, preset: null, parameters: {} };
    const answers = comparedWays(this.#chance).map((way, at) =>
      this.#answer([text], (route) => words(route, at), WELL, way),
    );
    this.#take({ kind: 'next', text, system: '', answers });
  }

  get #system(): string {
    return this.#way.preset?.system ?? '';
  }

  #answer(
    prompt: readonly string[],
    words: Asking['words'],
    fate: Fate,
    way: Way = this.#way,
  ): SampleAnswer {
    const system = way.preset === null ? [] : [way.preset.system];
    return answer(
      this.#chance,
      this.#newId,
      { way, prompt: [...system, ...prompt], startedAt: this.#clock, words },
      fate,
    );
  }

  /** Takes a turn in, unless it would end in the future; nothing comes after that. */
  #take(turn: SampleTurn): boolean {
    const endedAt = Math.max(...turn.answers.map((one) => one.endedAt));
    if (this.#over || endedAt > this.#plan.until) {
      this.#over = true;
      return false;
    }
    this.turns.push(turn);
    this.#clock = endedAt;
    // Other words and other answers take the place of the last ones.
    const before = turn.kind === 'next' ? this.#said : this.#said.slice(0, -2);
    const question = turn.kind === 'again' ? this.#said.at(-2) : turn.text;
    const shown = turn.answers[0]?.parts.find(({ kind }) => kind === 'text')?.text ?? '';
    this.#said = [...before, question ?? '', shown];
    return true;
  }

  #fate(): Fate {
    const chance = this.#chance;
    const luck = chance.share();
    const steps = [
      ['stopped', { end: 'stopped' }],
      ['incomplete', { end: 'incomplete' }],
      ['upstream', { end: 'failed', failure: 'upstream' }],
      ['noCredit', { end: 'failed', failure: 'no_credit' }],
      ['refusedFirst', { refusedFirst: true }],
      ['silent', { silent: true }],
    ] as const;
    let reached = 0;
    for (const [name, fate] of steps) {
      reached += OFTEN[name];
      if (luck < reached) return { ...WELL, ...fate };
    }
    return WELL;
  }
}
