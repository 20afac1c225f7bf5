import { ArrowDown, ArrowUp } from 'lucide-react';
import { Icon } from '../../ui/icon';

export interface SortHeadProps {
  column: string;
  label: string;
  /** Figures stand at the right. */
  figures: boolean;
  order: 'ascending' | 'descending' | 'none';
  onSort: () => void;
}

/** The head of a column that rows can be sorted by. */
export function SortHead({ column, label, figures, order, onSort }: SortHeadProps) {
  return (
    <th scope="col" data-column={column} data-figures={figures || undefined} aria-sort={order}>
      <button type="button" onClick={onSort}>
        {label}
        {order !== 'none' && (
          <Icon icon={order === 'descending' ? ArrowDown : ArrowUp} small className="size-3" />
        )}
      </button>
    </th>
  );
}
