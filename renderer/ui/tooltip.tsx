import { Tooltip as Primitive } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { keyText } from './key-combination';

/** Stands once around the page: neighbouring tooltips then follow each other without a wait. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={500} skipDelayDuration={200}>
      {children}
    </Primitive.Provider>
  );
}

export interface TooltipProps {
  content: ReactNode;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** The one thing it belongs to; must take a ref. */
  children: ReactElement;
}

/** A few words on what is under the pointer or focused. Never the only place of a price. */
export function Tooltip({ content, side = 'bottom', children }: TooltipProps) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="floating z-50 max-w-80 rounded-2 bg-ink px-2 py-1 text-12 text-ink-text shadow-mid select-none"
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** A name, and the keys that do the same. */
export function TooltipText({ label, shortcut }: { label: string; shortcut: string | undefined }) {
  return (
    <span className="flex items-center gap-3">
      {label}
      {shortcut !== undefined && <span className="opacity-70">{keyText(shortcut)}</span>}
    </span>
  );
}
