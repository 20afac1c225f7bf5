import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset, Prompt } from '../../../shared/contract/preset';
import { orpc } from '../../rpc/client';
import { type Slash, slashAt, slashMatches } from './slash';
import { saysSomething, type WrittenText } from './written-text';

/** One line of the menu. */
export type SlashEntry = { readonly name: string } & (
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'prompt'; readonly prompt: Prompt }
  | { readonly kind: 'save' | 'new' | 'manage' }
);

/** The menu as it stands. */
export interface OpenSlash {
  readonly id: string;
  readonly slash: Slash;
  readonly entries: readonly SlashEntry[];
  readonly active: number;
}

export interface SlashState {
  /** Null while no command is being typed or nothing fits it. */
  readonly open: OpenSlash | null;
  readonly onCaret: (text: string, caret: number) => void;
  /** True: the key was for the menu. */
  readonly onKey: (key: string) => boolean;
  readonly move: (to: number) => void;
  readonly close: () => void;
  /** Called with the line that is chosen by key. */
  readonly chosen: { current: ((entry: SlashEntry) => void) | null };
}

/** Names the active line for the box, which keeps the focus. */
export function lineId({ id, active }: Pick<OpenSlash, 'id' | 'active'>): string {
  return `${id}-${active}`;
}

/** The commands that can be typed at the start of a line: presets, prompts, and what is done with them. */
export function useSlash(written: WrittenText): SlashState {
  const { t } = useTranslation();
  const id = useId();
  const chosen = useRef<((entry: SlashEntry) => void) | null>(null);
  const [slash, setSlash] = useState<Slash | null>(null);
  const [left, setLeft] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const enabled = slash !== null;
  const presets = useQuery({ ...orpc.presets.list.queryOptions(), enabled }).data;
  const prompts = useQuery({ ...orpc.presets.listPrompts.queryOptions(), enabled }).data;
  const entries = useMemo((): readonly SlashEntry[] => {
    if (slash === null || slash.from === left) return [];
    const { query } = slash;
    const own: SlashEntry[] = [
      ...(saysMore(written.text, slash)
        ? [{ kind: 'save', name: t('composer.slash.save') } as const]
        : []),
      { kind: 'new', name: t('composer.prompts.new') },
      ...(prompts && prompts.length > 0
        ? [{ kind: 'manage', name: t('composer.slash.manage') } as const]
        : []),
    ];
    const ofPresets = (presets ?? []).map(
      (preset): SlashEntry => ({ kind: 'preset', name: preset.name, preset }),
    );
    const ofPrompts = (prompts ?? []).map(
      (prompt): SlashEntry => ({ kind: 'prompt', name: prompt.title, prompt }),
    );
    return [ofPresets, ofPrompts, own].flatMap((group) => slashMatches(group, query));
  }, [slash, left, presets, prompts, written, t]);
  const open =
    slash === null || entries.length === 0
      ? null
      : { id, slash, entries, active: Math.min(active, entries.length - 1) };
  const close = () => setLeft(slash?.from ?? null);
  return {
    open,
    chosen,
    move: setActive,
    close,
    onCaret(text, caret) {
      const next = slashAt(text, caret);
      if (next?.from === slash?.from && next?.query === slash?.query) return;
      setSlash(next);
      setActive(0);
      if (next === null || next.from !== left) setLeft(null);
    },
    onKey(key) {
      if (open === null) return false;
      const { length } = open.entries;
      const entry = open.entries[open.active];
      switch (key) {
        case 'ArrowDown':
          setActive((open.active + 1) % length);
          return true;
        case 'ArrowUp':
          setActive((open.active + length - 1) % length);
          return true;
        case 'Enter':
        case 'Tab':
          if (entry) chosen.current?.(entry);
          return true;
        case 'Escape':
          close();
          return true;
        default:
          return false;
      }
    },
  };
}

/** Whether anything stands beside the command; it could be kept as a prompt. */
function saysMore(text: string, { from, query }: Slash): boolean {
  return saysSomething(text.slice(0, from)) || saysSomething(text.slice(from + query.length + 1));
}
