import { python, sql, typescript } from './code';
import { greeting, letter, picture, recipe, story, tasks, travel } from './everyday';
import { sky, sunset, violet } from './sky';
import { capital, compare, maths, streaming } from './study';
import type { Topic } from './topic';
import { budget, css, git, meeting, testing, training, translation } from './work';

/** Everything the simulator can speak about; of two that fit equally well, the earlier one wins. */
export const topics: readonly Topic[] = [
  sky,
  violet,
  sunset,
  sql,
  typescript,
  python,
  maths,
  compare,
  travel,
  letter,
  recipe,
  streaming,
  tasks,
  story,
  capital,
  greeting,
  picture,
  git,
  css,
  meeting,
  translation,
  testing,
  training,
  budget,
];

/** What is said about a picture when the words beside it fit no topic. */
export const pictureTopic = picture;

/** The topics offered when nothing fits; the others would sound odd as a reply to anything. */
export const fallbackTopics: readonly Topic[] = [
  streaming,
  tasks,
  compare,
  typescript,
  travel,
  sql,
];
