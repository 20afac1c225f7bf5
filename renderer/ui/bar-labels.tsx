import { useLayoutEffect, useRef, useState } from 'react';
import type { StackedBar } from './stacked-bar';

/** A figure of 11 px, and the least room between two labels, in pixels. */
const FIGURE = 6.5;
const GAP = 10;

/** What stands below the bars; as many as there is room for, that of the present always. */
export function BarLabels({
  bars,
}: {
  bars: readonly Pick<StackedBar, 'key' | 'label' | 'time'>[];
}) {
  const line = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = line.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const shown = labelsShown(bars, width);
  return (
    <div ref={line} className="stacked-bars-labels" aria-hidden="true">
      {bars.map(
        ({ key, label, time }, at) =>
          shown.has(at) && (
            <span
              key={key}
              data-time={time}
              aria-disabled={time === 'coming' || undefined}
              style={{ left: `${((at + 0.5) * 100) / bars.length}%` }}
            >
              {label}
            </span>
          ),
      )}
    </div>
  );
}

/** The places of the labels that fit beside each other in a width in pixels. */
export function labelsShown(
  bars: readonly Pick<StackedBar, 'label' | 'time'>[],
  width: number,
): ReadonlySet<number> {
  const longest = Math.max(...bars.map(({ label }) => label.length));
  const step = Math.max(
    1,
    Math.ceil(((longest * FIGURE + GAP) * bars.length) / Math.max(1, width)),
  );
  const now = bars.findIndex(({ time }) => time === 'now');
  const shown = bars.flatMap((_, at) => {
    const near = now >= 0 && at !== now && Math.abs(at - now) < step;
    return at === now || (at % step === 0 && !near) ? [at] : [];
  });
  return new Set(shown);
}
