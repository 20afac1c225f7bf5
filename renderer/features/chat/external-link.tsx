import type { MouseEvent, ReactNode } from 'react';
import { client } from '../../rpc/client';
import { Tooltip } from '../../ui/tooltip';

const OPENABLE: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The address of a link that may be opened; null for everything else, such as `javascript:`. */
export function openableUrl(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const url = new URL(href);
  return OPENABLE.has(url.protocol) ? url.href : null;
}

/** A link that says where it leads; main asks before it opens the system's browser. */
export function ExternalLink({
  href,
  children,
}: {
  href: string | undefined;
  children: ReactNode;
}) {
  const url = openableUrl(href);
  if (url === null) return <span>{children}</span>;
  const open = (event: MouseEvent) => {
    event.preventDefault();
    void client.app.openExternal({ url: url.slice(0, 4000) }).catch(() => {});
  };
  return (
    <Tooltip content={<span className="break-all">{url}</span>}>
      <a href={url} onClick={open} onAuxClick={open}>
        {children}
      </a>
    </Tooltip>
  );
}
