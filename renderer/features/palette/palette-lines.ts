import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { MarkedPart } from '../../ui/marked-text';

/** One line of the palette. */
export interface PaletteLine {
  readonly key: string;
  readonly icon: LucideIcon;
  readonly label: readonly MarkedPart[];
  /** Its cost or its keys, at the right. */
  readonly end?: ReactNode;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly heading: string;
  readonly lines: readonly PaletteLine[];
}

/** The words of what was typed. */
export function wordsOf(typed: string): readonly string[] {
  return typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
}

interface Named {
  readonly label: string;
  /** More words it is found by. */
  readonly keywords?: string;
}

/** What has every word of what was typed; what begins with it comes first. */
export function matching<Item extends Named>(
  items: readonly Item[],
  typed: string,
): readonly Item[] {
  const words = wordsOf(typed);
  const found = items.filter(({ label, keywords = '' }) => {
    const haystack = `${label} ${keywords}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  return found.toSorted((a, b) => Number(beginsWith(b, typed)) - Number(beginsWith(a, typed)));
}

/** Whether what was typed is the beginning of a name. */
export function beginsWith({ label }: Named, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  return text !== '' && label.toLowerCase().startsWith(text);
}

/** The groups that have lines, a command that is being spelled out before everything else. */
export function orderedGroups(
  groups: readonly PaletteGroup[],
  first: PaletteGroup | null,
): readonly PaletteGroup[] {
  const ordered = first ? [first, ...groups.filter((group) => group !== first)] : groups;
  return ordered.filter(({ lines }) => lines.length > 0);
}
