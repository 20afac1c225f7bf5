import type { ReactNode } from 'react';
import type {
  SpendingExtent,
  SpendingFilter,
  SpendingReport,
} from '../../../shared/contract/spending';
import { cx } from '../../ui/class-names';
import type { SpendingPlace } from './spending-place';
import { TotalCell } from './total-cell';
import { WastedCell } from './wasted-cell';

export interface SpendingCellsProps {
  place: SpendingPlace;
  filter: SpendingFilter;
  report: SpendingReport;
  extent: SpendingExtent;
  /** The cell in the middle, if there is one. */
  children?: ReactNode;
}

/** What stands above the chart. A cell is an element of the grid, whoever draws it. */
export function SpendingCells(props: SpendingCellsProps) {
  const { place, filter, report, extent, children } = props;
  return (
    <div className={cx('spending-cells', !children && 'spending-cells-two')}>
      <TotalCell
        place={place}
        demo={filter.demo}
        report={report}
        since={extentOf(extent, filter.demo)}
      />
      {children}
      <WastedCell place={place} filter={filter} sum={report.sum.total} />
    </div>
  );
}

function extentOf(extent: SpendingExtent, demo: boolean): string | null {
  return (demo ? extent.demo : extent.real)?.first ?? null;
}
