import type { ReactNode } from 'react';
import { Logo } from '../ui/logo';

export interface PlainPageProps {
  title: string;
  text: string;
  /** Small print, e.g. a reference into the log. */
  note?: string | undefined;
  action?: ReactNode;
}

/** A page of words, for when there is nothing else to show. */
export function PlainPage({ title, text, note, action }: PlainPageProps) {
  return (
    <main className="grid h-full place-items-center p-8">
      <div className="w-[400px] max-w-full">
        <Logo />
        <h1 className="mt-6 mb-1 text-24 font-semibold tracking-[-0.02em]">{title}</h1>
        <p className="text-text-2">{text}</p>
        {note !== undefined && (
          <p className="mt-2 font-mono text-12 break-words text-text-3">{note}</p>
        )}
        {action !== undefined && <div className="mt-6 flex gap-2">{action}</div>}
      </div>
    </main>
  );
}
