import type { ReactNode } from 'react';

export interface PageHeaderProps {
  title: string;
  /** Aligned to content that is at most 1440 px wide. */
  fit?: boolean;
  /** Controls at the right. */
  children?: ReactNode;
}

/** The head of a page that is not a conversation. */
export function PageHeader({ title, fit = false, children }: PageHeaderProps) {
  return (
    <header
      data-fit={fit || undefined}
      className="page-header window-handle flex h-(--header-h) flex-none items-center gap-4 border-b border-line"
    >
      <h1 className="min-w-0 flex-1 truncate text-15 font-semibold tracking-[-0.01em]">{title}</h1>
      {children !== undefined && <div className="flex items-center gap-2">{children}</div>}
    </header>
  );
}
