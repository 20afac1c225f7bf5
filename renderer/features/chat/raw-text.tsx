import { useMemo } from 'react';
import { VList } from 'virtua';
import { textRows } from './inspect-text';

export interface RawTextProps {
  text: string;
  label: string;
  /** Fills each line to its end, as what no person wrote. */
  dense?: boolean;
}

/** A long text as it is, of which only the visible part is in the document. */
export function RawText({ text, label, dense = false }: RawTextProps) {
  const rows = useMemo(() => textRows(text), [text]);
  return (
    <div className={dense ? 'raw-text raw-dense' : 'raw-text'}>
      <VList
        data={rows}
        role="region"
        aria-label={label}
        // It scrolls by the arrow keys.
        tabIndex={0}
      >
        {(row, index) => (
          <div key={index} className="raw-row">
            {row === '' ? '\u200b' : row}
          </div>
        )}
      </VList>
    </div>
  );
}
