import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../rpc/client';
import { useChangeSettings } from '../state/change-settings';

/** In pixels; the same range as the setting's. */
const NARROWEST = 200;
const WIDEST = 480;
const USUAL = 248;
const STEP = 8;
/** One rem while nothing is enlarged, in pixels. */
const USUAL_REM = 16;
/** What a sidebar leaves to the page, in pixels. */
const LEFT_TO_PAGE = 480;

/** The columns of the frame for a width; in a small window the page comes first. */
export function sidebarColumns(width: number): string {
  const wanted = `${width / USUAL_REM}rem`;
  return `min(${wanted}, max(${NARROWEST}px, 100vw - ${LEFT_TO_PAGE}px)) minmax(0, 1fr)`;
}

/** How much larger the frame is than usual; a width in the settings is one of the usual frame. */
function growth(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_REM;
}

/** Brings a width into the range, as whole pixels. */
export function fittingWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
}

/** The width a key leads to; null: the key means nothing here. */
export function widthAfterKey(key: string, width: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return fittingWidth(width - STEP);
    case 'ArrowRight':
      return fittingWidth(width + STEP);
    case 'Home':
      return NARROWEST;
    case 'End':
      return WIDEST;
    default:
      return null;
  }
}

/** The user's width, and how to change it. */
export function useSidebarWidth(): [number, (width: number) => void] {
  const { data } = useQuery(orpc.app.settings.queryOptions());
  const change = useChangeSettings();
  return [data?.sidebarWidth ?? USUAL, (width) => change({ sidebarWidth: width })];
}

interface SidebarEdgeProps {
  /** Takes the columns while one drags: nothing is rendered for a pixel. */
  grid: RefObject<HTMLElement | null>;
  width: number;
  onChange: (width: number) => void;
}

/** The edge between sidebar and page: dragged, moved by the arrow keys, reset by a double click. */
export function SidebarEdge({ grid, width, onChange }: SidebarEdgeProps) {
  const { t } = useTranslation();
  const drag = useRef<{ from: number; width: number; frame: number } | null>(null);

  const begin = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const shown = event.currentTarget.parentElement?.offsetWidth ?? width;
    drag.current = { from: event.clientX - shown, width: shown, frame: 0 };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const now = drag.current;
    if (!now) return;
    now.width = fittingWidth((event.clientX - now.from) / growth());
    cancelAnimationFrame(now.frame);
    now.frame = requestAnimationFrame(() => {
      if (grid.current) grid.current.style.gridTemplateColumns = sidebarColumns(now.width);
    });
  };
  const end = () => {
    const now = drag.current;
    drag.current = null;
    if (now && now.frame !== 0) onChange(now.width);
  };
  const press = (event: KeyboardEvent) => {
    const next = widthAfterKey(event.key, width);
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    onChange(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved, and this one is
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('sidebar.width')}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={() => onChange(USUAL)}
      onKeyDown={press}
      className="absolute inset-y-0 -right-1 z-10 w-2 cursor-col-resize touch-none outline-none after:absolute after:inset-y-0 after:left-[2px] after:w-0.5 hover:after:bg-line-strong focus-visible:after:bg-focus active:after:bg-focus"
    />
  );
}
