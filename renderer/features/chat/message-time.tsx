import { fullMoment, moment } from '../../ui/format';

/** When something was said; the whole date on demand. */
export function MessageTime({ ms }: { ms: number }) {
  return (
    <time className="figures" dateTime={new Date(ms).toISOString()} title={fullMoment(ms)}>
      {moment(ms, Date.now())}
    </time>
  );
}
