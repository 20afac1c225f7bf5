import { useLayoutEffect, useRef } from 'react';

/** For so many frames the element is looked for: a part of a page may be drawn after the rest. */
const FRAMES = 30;

/** What an element is known by, besides its place among those of the same name. */
function nameOf(element: Element): string {
  return `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent}`;
}

function namesakes(name: string): HTMLElement[] {
  const focusable = document.querySelectorAll<HTMLElement>('a,button,input,textarea,[tabindex]');
  return [...focusable].filter((element) => nameOf(element) === name);
}

/** When everything is drawn anew because `of` changed, the focus goes to where it was. */
export function useKeptFocus(of: string): void {
  const last = useRef<{ readonly name: string; readonly at: number } | null>(null);
  useLayoutEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      const name = nameOf(target);
      last.current = { name, at: namesakes(name).indexOf(target) };
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  const before = useRef(of);
  useLayoutEffect(() => {
    if (before.current === of) return;
    before.current = of;
    const wanted = last.current;
    if (!wanted) return;
    let left = FRAMES;
    const look = () => {
      if (document.activeElement !== document.body) return;
      const found = namesakes(wanted.name)[wanted.at];
      if (found) found.focus();
      else if (left-- > 0) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, [of]);
}
