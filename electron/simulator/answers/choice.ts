import type { Manner } from '../catalogue';
import type { Prompt } from '../chat-request';
import { hashOf } from '../hash';
import type { Topic } from './topic';
import { fallbackTopics, pictureTopic, topics } from './topics';

/** Said before an answer that has nothing to do with the question. */
const EXCUSE =
  '*The demo has no model behind it and nothing prepared for this question, so here is something else it knows about.*\n\n';

/** The question in lower case, words parted by single spaces, so that keywords match their beginnings. */
function normalised(question: string): string {
  return ` ${question.toLowerCase().replace(/[^\p{L}\p{N}\-']+/gu, ' ')} `;
}

/** The topic with the longest matching keywords, or null. */
function topicOf(question: string): Topic | null {
  const words = normalised(question.slice(0, 4000));
  let best: Topic | null = null;
  let most = 0;
  for (const topic of topics) {
    let score = 0;
    for (const keyword of topic.keywords) {
      if (words.includes(` ${keyword}`)) score += keyword.length;
    }
    if (score > most) {
      best = topic;
      most = score;
    }
  }
  return best;
}

function fallbackFor(prompt: Prompt): { topic: Topic; excuse: string } {
  if (prompt.images > 0) return { topic: pictureTopic, excuse: '' };
  const index = hashOf(prompt.lastUserText) % fallbackTopics.length;
  return { topic: fallbackTopics[index] ?? pictureTopic, excuse: EXCUSE };
}

/** A request for the title of a conversation, and the question in it. */
const WANTS_TITLE = /^Write a title\b[^<]*<question>\n([\s\S]*?)\n<\/question>/;

/** The first words of a question with capitals, as a model would set a title. */
function titleFor(question: string): string {
  const words = question.match(/[\p{L}\p{N}'’-]+/gu) ?? ['Conversation'];
  return words
    .slice(0, 7)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
}

/**
 * What a model says to a prompt: Markdown, 80 to 400 words. The topic follows from the last message
 * of the user, the length from the model's manner, the wording from `variant`; nothing is random.
 */
export function answerTo(prompt: Prompt, manner: Manner, variant: number): string {
  const asked = WANTS_TITLE.exec(prompt.lastUserText)?.[1];
  if (asked !== undefined) return titleFor(asked);
  const found = topicOf(prompt.lastUserText);
  const { topic, excuse } = found ? { topic: found, excuse: '' } : fallbackFor(prompt);
  return excuse + saidOf(topic, manner, variant);
}

/** What a model of this manner says about a topic, in one of the wordings. */
export function saidOf(topic: Topic, manner: Manner, variant: number): string {
  const opening = topic.openings[variant % 3] ?? topic.openings[0];
  const closing = topic.closings[variant % 2] ?? topic.closings[0];
  const parts = {
    terse: [opening, topic.core],
    plain: [opening, topic.core, closing],
    talkative: [opening, topic.core, topic.more, closing],
  };
  return parts[manner].join('\n\n');
}
