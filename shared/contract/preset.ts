import { z } from 'zod';
import { chatSettings } from '../chat-settings';
import { connectionId, presetId, promptId } from '../ids';
import { total } from '../money';
import { route } from './route';

export const MAX_PRESET_NAME = 100;
export const MAX_OPENING = 50;

/** A message that stands in a conversation before its first question. */
export const openingMessage = z.strictObject({
  role: z.enum(['user', 'assistant']),
  text: z.string().min(1).max(200_000),
});
export type OpeningMessage = z.infer<typeof openingMessage>;

const name = z.string().trim().min(1).max(MAX_PRESET_NAME);

/** What a preset holds. `{{variables}}` in the system prompt and the opening are asked for on use. */
export const presetContent = z.strictObject({
  /** Null leaves the connection or the model as it is. */
  connectionId: connectionId.nullable(),
  model: z.string().trim().min(1).max(1500).nullable(),
  settings: chatSettings,
  opening: z.array(openingMessage).max(MAX_OPENING),
});
export type PresetContent = z.infer<typeof presetContent>;

export const preset = z.object({
  id: presetId,
  name: z.string(),
  content: presetContent,
  /** New conversations start with it. At most one is. */
  isDefault: z.boolean(),
  /** Of the last 30 days, without the demo's. */
  spent: total,
  /** Runs of these 30 days that were stopped, failed, or broke off, in thousandths. Null without runs. */
  wastedPermille: z.number().int().min(0).max(1000).nullable(),
});
export type Preset = z.infer<typeof preset>;

/** The form in which presets leave and enter the app: a versioned file, connections by name. */
export const presetFile = z.strictObject({
  format: z.literal('slice-presets'),
  version: z.literal(1),
  presets: z
    .array(
      presetContent.omit({ connectionId: true }).extend({
        name,
        connection: z.string().max(100).nullable(),
      }),
    )
    .max(1000),
});
export type PresetFile = z.infer<typeof presetFile>;

/** A text to be put into the composer by its name. */
export const prompt = z.object({ id: promptId, title: name, text: z.string().min(1).max(200_000) });
export type Prompt = z.infer<typeof prompt>;

const one = z.object({ id: presetId });
const done = z.void();

export const presetContract = {
  /** In the user's order. */
  list: route.output(z.array(preset)),
  create: route.input(z.object({ name, content: presetContent })).output(preset),
  change: route
    .input(one.extend({ name: name.optional(), content: presetContent.optional() }))
    .output(preset),
  duplicate: route.input(one).output(preset),
  /** Takes it out of the list; `restore` undoes it. What was spent with it stays under its name. */
  remove: route.input(one).output(done),
  restore: route.input(one).output(done),
  /** All presets, in their new order. */
  reorder: route.input(z.object({ ids: z.array(presetId).max(10_000) })).output(done),
  /** Null: new conversations start with no preset. */
  setDefault: route.input(z.object({ id: presetId.nullable() })).output(done),
  /** Lets the user choose where, then writes a file; null when they did not choose. */
  exportFile: route
    .input(z.object({ ids: z.array(presetId).min(1).max(1000) }))
    .output(z.object({ path: z.string(), count: z.number().int() }).nullable()),
  /**
   * Lets the user choose a file and adds what is in it; null when they did not choose. `skipped` says for
   * each entry that was not taken why.
   */
  importFile: route.output(
    z
      .object({
        added: z.array(preset),
        skipped: z.array(z.object({ name: z.string(), problem: z.string().max(500) })),
      })
      .nullable(),
  ),
  listPrompts: route.output(z.array(prompt)),
  savePrompt: route.input(prompt.extend({ id: promptId.nullable() })).output(prompt),
  removePrompt: route.input(z.object({ id: promptId })).output(done),
};
