import { Copy } from 'lucide-react';
import { type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExtraProps } from 'streamdown';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem } from '../../ui/menu';
import { notify } from '../../ui/toaster';
import { BlockContext, BlocksContext, wholeSource } from './block-context';
import { type TableText, tableMarkdown, tableOf, tableOfLines, tableTsv } from './table-text';

export interface MarkdownTableProps {
  node: ExtraProps['node'];
  children: ReactNode;
}

/** A table that scrolls inside and can be copied, also when it is drawn in several pieces. */
export function MarkdownTable({ node, children }: MarkdownTableProps) {
  const { t } = useTranslation();
  const blocks = useContext(BlocksContext);
  const block = useContext(BlockContext);
  const copy = (write: (table: TableText) => string) => {
    const source = blocks && block && wholeSource(blocks.current, block);
    const table = source === null ? node && tableOf(node) : tableOfLines(source);
    if (!table) return;
    navigator.clipboard.writeText(write(table)).then(
      () => notify({ text: t('code.tableCopied') }),
      () => {},
    );
  };
  return (
    <div className="md-table">
      <div className="md-table-scroll">
        <table>{children}</table>
      </div>
      <div className="md-table-actions">
        <Menu
          trigger={<IconButton label={t('code.tableMenu')} icon={Copy} small className="size-6" />}
        >
          <MenuItem onSelect={() => copy(tableTsv)}>{t('code.tableTsv')}</MenuItem>
          <MenuItem onSelect={() => copy(tableMarkdown)}>{t('code.tableMarkdown')}</MenuItem>
        </Menu>
      </div>
    </div>
  );
}
