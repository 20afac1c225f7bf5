import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './icon';

export interface BannerProps {
  icon: LucideIcon;
  /** The fact, in bold. */
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** One amber line under the header: one sentence, one action. */
export function Banner({ icon, title, children, action }: BannerProps) {
  return (
    <div
      role="status"
      className="flex min-h-10 flex-none items-center gap-3 border-b border-warn-line bg-warn-soft py-1 pr-3 pl-6"
    >
      <Icon icon={icon} className="text-warn" />
      <span className="min-w-0 flex-1">
        <b className="font-semibold">{title}</b> {children}
      </span>
      {action}
    </div>
  );
}
