import './stacked-bars.css';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useMemo,
  useRef,
  useState,
} from 'react';
import { BarLabels } from './bar-labels';
import { barScale, heightOf } from './bar-scale';
import type { StackedBar } from './stacked-bar';

/** What a part of each bar belongs to. */
export interface BarSeries {
  readonly key: string;
  readonly colour: string;
}

export interface StackedBarsProps {
  /** The accessible name. */
  label: string;
  series: readonly BarSeries[];
  bars: readonly StackedBar[];
  /** How an amount is written beside its line; `step` is the distance of the lines. */
  tickText: (amount: bigint, step: bigint) => string;
  /** What is said of a bar beside it while it is looked at. */
  slip: (index: number) => ReactNode;
  /** What a bar's square says. */
  unknownText: (bar: StackedBar) => string;
  onChoose: (index: number) => void;
  onChooseUnknown: (index: number) => void;
  /** The bar that was chosen. */
  chosen?: string | null;
  /** What a bar should not pass, in words; drawn where it is not far above all bars. */
  limit?: BarLimit | null;
}

export interface BarLimit {
  readonly amount: bigint;
  readonly text: string;
}

const MOVES: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => Math.max(0, at - 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  Home: () => 0,
  End: (_at, last) => last,
};

/**
 * Bars of amounts that lie upon each other, from zero. One stop for Tab, arrow keys from bar to bar;
 * the arrow up goes to the square of what is not known.
 */
export function StackedBars(props: StackedBarsProps) {
  const { label, series, bars, tickText, slip, unknownText, onChoose, onChooseUnknown } = props;
  const { chosen = null, limit = null } = props;
  const [looked, setLooked] = useState<number | null>(null);
  const plot = useRef<HTMLDivElement>(null);
  const { scale, drawnLimit } = useMemo(() => scaleOf(bars, limit), [bars, limit]);
  const last = bars.findLastIndex(({ time }) => time !== 'coming');
  const [stop, setStop] = useState<string | null>(null);
  const known = bars.findIndex(({ key, time }) => key === stop && time !== 'coming');
  const stopAt = known >= 0 ? known : last;
  const ticks = scale.ticks.map((tick) => tickText(tick, scale.step));
  const active = looked ?? (chosen === null ? -1 : bars.findIndex(({ key }) => key === chosen));

  const focus = (at: number, what: 'bar' | 'unknown') => {
    const found = plot.current?.querySelector(`[data-${what}="${at}"]`);
    if (found instanceof HTMLElement) found.focus();
  };
  const press = (event: KeyboardEvent) => {
    const target = event.target instanceof HTMLElement ? event.target.dataset : {};
    const at = Number(target.bar ?? target.unknown ?? -1);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const move = MOVES[event.key];
    if (move) focus(move(at, last), 'bar');
    else if (event.key === 'ArrowUp') focus(at, 'unknown');
    else if (event.key === 'ArrowDown') focus(at, 'bar');
    else return;
    event.preventDefault();
  };
  const look = (at: number) => () => setLooked(at);
  const lookAway = () => setLooked(null);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has looks of its own
    <div
      role="group"
      aria-label={limit === null ? label : `${label}. ${limit.text}`}
      className="stacked-bars figures"
    >
      <div
        className="stacked-bars-ticks"
        style={{ width: `max(40px, ${Math.max(...ticks.map(({ length }) => length)) + 1.5}ch)` }}
        aria-hidden="true"
      >
        {ticks.map((text, at) => (
          <span
            key={String(scale.ticks[at])}
            style={{ bottom: `${share(scale.ticks[at] ?? 0n, scale.top)}%` }}
          >
            {text}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the bars in it */}
      <div ref={plot} className="stacked-bars-plot" onKeyDown={press} onPointerLeave={lookAway}>
        <svg aria-hidden="true">
          {scale.ticks.slice(1).map((tick) => {
            const y = `${100 - share(tick, scale.top)}%`;
            return (
              <line key={String(tick)} x1="0" x2="100%" y1={y} y2={y} stroke="var(--c-grid)" />
            );
          })}
          <g className="stacked-bars-drawn" data-active={active >= 0 || undefined}>
            {bars.map((bar, at) => (
              <Drawn
                key={bar.key}
                bar={bar}
                series={series}
                top={scale.top}
                left={(at * 100) / bars.length}
                pitch={100 / bars.length}
                active={at === active}
              />
            ))}
          </g>
          {drawnLimit && (
            <line
              x1="0"
              x2="100%"
              y1={`${100 - share(drawnLimit.amount, scale.top)}%`}
              y2={`${100 - share(drawnLimit.amount, scale.top)}%`}
              stroke="var(--warn-fill)"
              strokeDasharray="4 3"
            />
          )}
          <line x1="0" x2="100%" y1="100%" y2="100%" stroke="var(--c-axis)" />
        </svg>
        {drawnLimit && (
          <span
            aria-hidden="true"
            className="stacked-bars-limit"
            style={{ bottom: `${share(drawnLimit.amount, scale.top)}%` }}
          >
            {drawnLimit.text}
          </span>
        )}
        {bars.map((bar, at) =>
          bar.time === 'coming' ? null : (
            <button
              key={bar.key}
              type="button"
              data-bar={at}
              tabIndex={at === stopAt ? 0 : -1}
              aria-label={bar.name}
              aria-pressed={bar.key === chosen}
              style={{ left: `${(at * 100) / bars.length}%`, width: `${100 / bars.length}%` }}
              onPointerEnter={look(at)}
              onFocus={() => {
                setStop(bar.key);
                setLooked(at);
              }}
              onBlur={lookAway}
              onClick={() => onChoose(at)}
            />
          ),
        )}
        {bars.map((bar, at) =>
          bar.unknown === 0 ? null : (
            <button
              key={bar.key}
              type="button"
              data-unknown={at}
              tabIndex={-1}
              aria-label={unknownText(bar)}
              title={unknownText(bar)}
              className="stacked-bars-unknown"
              style={{
                left: `${((at + 0.5) * 100) / bars.length}%`,
                bottom: `calc(${share(sumOf(bar.parts), scale.top)}% + 4px)`,
              }}
              onClick={() => onChooseUnknown(at)}
            />
          ),
        )}
        {looked !== null && bars[looked] && (
          <div className="stacked-bars-slip" style={slipPlace(looked, bars.length)}>
            {slip(looked)}
          </div>
        )}
      </div>
      <BarLabels bars={bars} />
    </div>
  );
}

interface DrawnProps {
  bar: StackedBar;
  series: readonly BarSeries[];
  top: bigint;
  /** In hundredths of the width. */
  left: number;
  pitch: number;
  active: boolean;
}

/** One bar: 70 % of its room, a line of the surface between its parts. */
const Drawn = memo(function Drawn({ bar, series, top, left, pitch, active }: DrawnProps) {
  let below = 0n;
  return (
    <g data-active={active || undefined}>
      {bar.parts.map((amount, at) => {
        if (amount <= 0n) return null;
        below += amount;
        const { key, colour } = series[at] ?? { key: String(at), colour: 'var(--c-other)' };
        return (
          <rect
            key={key}
            x={`${left + pitch * 0.15}%`}
            width={`${pitch * 0.7}%`}
            fill={colour}
            style={
              {
                y: `calc(${100 - share(below, top)}% + 1px)`,
                height: `max(0.6px, calc(${share(amount, top)}% - 1px))`,
              } as CSSProperties
            }
          />
        );
      })}
    </g>
  );
});

/** Beside its bar, towards the middle. */
function slipPlace(at: number, count: number): CSSProperties {
  return at < count / 2
    ? { left: `calc(${((at + 1) * 100) / count}% + 8px)` }
    : { right: `calc(${((count - at) * 100) / count}% + 8px)` };
}

/** A limit far above all bars would make them too small to read. */
const FAR_ABOVE = 2n;

function scaleOf(bars: readonly StackedBar[], limit: BarLimit | null) {
  const highest = highestOf(bars);
  const drawnLimit = limit !== null && limit.amount <= highest * FAR_ABOVE ? limit : null;
  const top = drawnLimit !== null && drawnLimit.amount > highest ? drawnLimit.amount : highest;
  return { scale: barScale(top), drawnLimit };
}

function share(amount: bigint, top: bigint): number {
  return heightOf(amount, top) * 100;
}

function sumOf(parts: readonly bigint[]): bigint {
  return parts.reduce((sum, part) => sum + part, 0n);
}

function highestOf(bars: readonly StackedBar[]): bigint {
  return bars.map(({ parts }) => sumOf(parts)).reduce((most, sum) => (sum > most ? sum : most), 0n);
}
