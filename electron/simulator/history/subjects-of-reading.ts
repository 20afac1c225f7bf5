import type { Topic } from '../answers/topic';
import type { Subject } from './subject';

/** What is said about a pasted document. */
const reading: Topic = {
  name: 'reading',
  keywords: [],
  openings: [
    'The report says three things, and only the first of them is new.',
    'In short: the strong effects are rare, and they come when several causes fall together.',
    'Most of it describes how it was measured; the findings fit on half a page.',
  ],
  core: `- **What was found.** A simple model explains about nine tenths of what is observed. The rest depends on the place, and no average describes a single day.
- **How sure it is.** Measurements by night agree with those by day once the temperature is taken into account. The oldest records are less precise, but they alone show the slow change.
- **What is missing.** The figure quoted most often goes back to one report of four pages. Nobody seems to have repeated it.

The tables support the first point. For the third they say nothing either way.`,
  more: `If you want to use it, quote the range rather than the mean, name the two stations that differ by a factor of three, and say that both saw the same weather. That one sentence protects you from the obvious question.`,
  closings: [
    'The raw figures are named in the text; look at those before trusting a curve.',
    'Sections 2 and 5 can be left out without losing anything.',
  ],
};

const FOLLOW_UPS: Subject['followUps'] = [
  [
    'Which section should I read myself?',
    'The fourth: it holds the only table with its own measurements, and the sentence on winter that turns the advice of the introduction around.',
  ],
  [
    'Write two sentences for the newsletter.',
    'The largest effects occur when several causes happen to fall together, which is rare but can be foreseen. How often that is differs by a factor of three between neighbouring stations.',
  ],
  [
    'Is the figure from 1887 still right?',
    'Nothing in the text says so. It is repeated five times and measured nowhere; treat it as a story about the subject rather than a figure of it.',
  ],
];

export const SUBJECTS_OF_READING: readonly Subject[] = [
  {
    kind: 'reading',
    tag: 'reading',
    topic: reading,
    pasted: 12_000,
    questions: [
      'Sum up this report in five lines:',
      'What is new in this paper, and what is not?',
      'Which figures of this report can I quote?',
      'Read this for me and say what is missing:',
      'The three claims of this text, and how well each stands:',
      'Is there a contradiction in this chapter?',
    ],
    followUps: FOLLOW_UPS,
  },
  {
    kind: 'reading',
    tag: 'survey',
    topic: reading,
    pasted: 40_000,
    questions: [
      'The whole survey of the coast; what must the council know?',
      'An abstract of this thesis, please:',
      'Questions I should ask the author of this study:',
      'What does this handbook say about winter?',
      'Put the findings of these minutes in order of weight:',
      'Compare the first and the last chapter of this text:',
    ],
    followUps: FOLLOW_UPS,
  },
];
