import type { ReactNode } from 'react';

/** The title of a section with its action at the right. */
export function SectionHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="mb-3 flex min-h-8 items-center gap-2">
      <h2 className="min-w-0 flex-1 text-15 font-semibold tracking-[-0.01em]">{title}</h2>
      {children}
    </div>
  );
}
