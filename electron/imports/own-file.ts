import type { z } from 'zod';
import {
  CONVERSATION_FILE,
  type FiledImage,
  type FiledRun,
  filedHead,
  filedMessage,
  filedRun,
} from '../../shared/conversation-file';
import { ABSURD_USD } from '../../shared/money';
import { profile } from '../../shared/profile';
import type { ImageKeeper } from './image-keeper';
import type { JsonCursor } from './json-cursor';
import { BadEntry, type ReadImage, type ReadPart } from './read-conversation';
import { LAST_DAY } from './read-values';
import type { StagedConversation } from './staged-conversation';

export const OWN_FORMAT: string = CONVERSATION_FILE.format;

/** The latest time that a Date can be, in ms since 1970. */
const LATEST = 8_640_000_000_000_000;

/**
 * How far a request may be from the day in UTC that it counts on, in ms: the clocks of the world differ by less,
 * and rows are found by their time up to there.
 */
const FARTHEST_DAY_MS = 2 * 86_400_000;

function read<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  place: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const path = result.error.issues[0]?.path.join('.') ?? '';
  throw new BadEntry('wrong_shape', path === '' ? place : `${place}.${path}`);
}

/** Reads one conversation of our own file (docs/conversation-file.md). Throws a `BadEntry`. */
export function readOwn(
  cursor: JsonCursor,
  conversation: StagedConversation,
  images: ImageKeeper,
): void {
  const fields: [string, unknown][] = [];
  for (const key of cursor.keys()) {
    if (key === 'messages' && cursor.kind() === 'array') {
      for (const index of cursor.items()) {
        addMessage(conversation, cursor.value(), `messages[${index}]`, images);
      }
    } else if (key === 'runs' && cursor.kind() === 'array') {
      for (const index of cursor.items()) {
        conversation.addRun(runOf(cursor.value(), `runs[${index}]`));
      }
    } else {
      fields.push([key, cursor.value()]);
    }
  }
  const head = read(filedHead, Object.fromEntries(fields), 'conversation');
  for (const at of [
    head.createdAt,
    head.updatedAt,
    head.deletedAt,
    head.pinnedAt,
    head.archivedAt,
  ]) {
    if (at !== null && Math.abs(at) > LATEST) throw new BadEntry('wrong_shape', 'conversation');
  }
  checkJson(head.settings, 'settings');
  conversation.keepOwn(head);
}

function addMessage(
  conversation: StagedConversation,
  value: unknown,
  place: string,
  images: ImageKeeper,
): void {
  const { id, parent, role, createdAt, run, parts } = read(filedMessage, value, place);
  checkTime(createdAt, `${place}.createdAt`);
  conversation.add({
    key: String(id),
    parent: parent === null ? null : String(parent),
    role,
    createdAt,
    run,
    kept: true,
    parts: parts.flatMap(({ image, ...part }): ReadPart[] => {
      if (image === null) return [{ ...part, image }];
      const found = imageOf(image, images);
      if (found) return [{ ...part, image: found }];
      conversation.note('bad_image', image.name.slice(0, 100));
      return [];
    }),
  });
}

/** One whose file was gone already when it was written is named, as it was. */
function imageOf(
  { name, mediaType, sha256, data }: FiledImage,
  images: ImageKeeper,
): ReadImage | null {
  return data === null ? { name, mediaType, sha256, bytes: 0 } : images.keep(name, data);
}

function runOf(value: unknown, place: string): FiledRun {
  const run = read(filedRun, value, place);
  const isBad =
    (run.costNanoUsd === null) !== (run.costSource === 'unknown') ||
    [run.costNanoUsd, run.estimateLowNanoUsd, run.estimateHighNanoUsd].some(
      // It would not fit into the sums.
      (cost) => cost !== null && BigInt(cost) > ABSURD_USD,
    ) ||
    (run.state !== 'running' && run.endedAt === null) ||
    Math.abs(run.startedAt - Date.parse(run.day)) > FARTHEST_DAY_MS ||
    !profile.safeParse(run.profile).success;
  if (isBad) throw new BadEntry('wrong_shape', place);
  checkTime(run.startedAt, `${place}.startedAt`);
  checkTime(run.endedAt ?? 0, `${place}.endedAt`);
  for (const key of ['parameters', 'extra', 'adaptations'] as const)
    checkJson(run[key], `${place}.${key}`);
  // What was on its way when the file was written has nobody who waits for it here.
  return run.state === 'running'
    ? {
        ...run,
        state: 'incomplete',
        endedAt: run.startedAt,
        costNanoUsd: null,
        costSource: 'unknown',
      }
    : run;
}

/** What has no day cannot be written out again, nor be counted in another time zone. */
function checkTime(at: number, place: string): void {
  if (at < 0 || at > LAST_DAY) throw new BadEntry('wrong_shape', place);
}

function checkJson(text: string, place: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw new BadEntry('wrong_shape', place);
  }
}
