import { z } from 'zod';
import {
  type Preset,
  type PresetContent,
  type PresetFile,
  presetFile,
} from '../../shared/contract/preset';
import { FailureError } from '../../shared/errors';
import type { ConnectionId } from '../../shared/ids';

/** What a connection is called by in a file, where its id would say nothing. */
export interface NamedConnection {
  readonly id: ConnectionId;
  readonly name: string;
}

/** What was found in a file. `skipped` says of each entry that is of no use why. */
export interface ReadPresets {
  readonly presets: { readonly name: string; readonly content: PresetContent }[];
  readonly skipped: { readonly name: string; readonly problem: string }[];
}

const VERSION = presetFile.shape.version.value;
const entry = presetFile.shape.presets.element;
const MAX_ENTRIES = 1000;

const header = z.object({
  format: presetFile.shape.format,
  version: z.number().int().positive(),
});
const body = z.object({ presets: z.array(z.unknown()) });

/** Presets as the text of a file. It has no keys and no ids. */
export function writePresets(
  presets: readonly Pick<Preset, 'name' | 'content'>[],
  connections: readonly NamedConnection[],
): string {
  const file: PresetFile = {
    format: 'slice-presets',
    version: VERSION,
    presets: presets.map(({ name, content: { connectionId, ...content } }) => ({
      name,
      connection: connections.find(({ id }) => id === connectionId)?.name ?? null,
      ...content,
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/**
 * Reads a file of presets, each by itself. A connection is found again by its name. Throws a
 * `FailureError` with the reason `not_a_preset_file` or `newer_file` when it is none of ours.
 */
export function readPresets(text: string, connections: readonly NamedConnection[]): ReadPresets {
  const file = parsed(text);
  const known = header.safeParse(file);
  if (!known.success) throw invalid('not_a_preset_file');
  if (known.data.version > VERSION) throw invalid('newer_file');
  const read = body.safeParse(file);
  if (!read.success) throw invalid('not_a_preset_file');
  const presets: ReadPresets['presets'] = [];
  const skipped: ReadPresets['skipped'] = [];
  for (const [at, found] of read.data.presets.entries()) {
    const preset = entry.safeParse(found);
    if (at >= MAX_ENTRIES) {
      skipped.push({ name: nameIn(found, at), problem: `a file has at most ${MAX_ENTRIES}` });
    } else if (preset.success) {
      const { name, connection, ...content } = preset.data;
      const connectionId = connections.find((one) => one.name === connection)?.id ?? null;
      presets.push({ name, content: { connectionId, ...content } });
    } else {
      skipped.push({ name: nameIn(found, at), problem: problemOf(preset.error) });
    }
  }
  return { presets, skipped };
}

function parsed(text: string): unknown {
  try {
    // Editors on Windows put a mark at the beginning.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function invalid(reason: string): FailureError {
  return new FailureError({ code: 'invalid_input', reason });
}

const named = z.object({ name: z.string().trim().min(1) });

function nameIn(found: unknown, at: number): string {
  const read = named.safeParse(found);
  return read.success ? read.data.name.slice(0, 100) : `#${at + 1}`;
}

function problemOf({ issues: [issue] }: z.ZodError): string {
  const place = issue?.path.join('.') ?? '';
  return `${place === '' ? '' : `${place}: `}${issue?.message ?? ''}`.slice(0, 500);
}
