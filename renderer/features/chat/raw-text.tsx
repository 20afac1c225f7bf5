import { useMemo } from 'react';
import { VList } from 'virtua';
import { textRows } from './inspect-text';

/** A long text as it is, of which only the visible part is in the document. */
export function RawText({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => textRows(text), [text]);
  return (
    <VList
      data={rows}
      role="region"
      aria-label={label}
      // It scrolls by the arrow keys.
      tabIndex={0}
      className="raw-text"
    >
      {(row, index) => (
        <div key={index} className="raw-row">
          {row === '' ? '\u200b' : row}
        </div>
      )}
    </VList>
  );
}
