import { nano, type Total } from '../../shared/money';
import { Estimate } from './estimate';
import { Money } from './money';
import { UnknownCost } from './unknown-cost';

export interface TotalPartsProps {
  total: Total;
  /** How what stands beside the first figure looks. */
  className: string;
}

/** A sum in its parts: what is known of it, what is only estimated, what nobody knows, what still runs. */
export function TotalParts({ total, className }: TotalPartsProps) {
  const { known, estimated, unknown, running, runs } = total;
  const onlyEstimated = known === 0n && estimated > 0n;
  return (
    <>
      {!onlyEstimated && <Money amount={known} decimals={runs === 0 ? 2 : 6} />}
      {estimated > 0n && (
        <Estimate low={nano(estimated)} className={onlyEstimated ? '' : className} />
      )}
      {unknown > 0 && <UnknownCost count={unknown} className={className} />}
      {running > 0 && <UnknownCost count={running} kind="running" className={className} />}
    </>
  );
}
