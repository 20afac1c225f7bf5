import { useEffect, useState } from 'react';
import type { PluginConfig } from 'streamdown';

type Math = typeof import('./math');

let loaded: Math | null = null;
let loading: Promise<Math> | null = null;

async function load(): Promise<Math> {
  loading ??= import('./math');
  loaded = await loading;
  return loaded;
}

/** What reads formulas; loaded with the first formula there is. */
export function useMathPlugins(wanted: boolean): PluginConfig | null {
  const [plugins, setPlugins] = useState(loaded?.plugins ?? null);
  useEffect(() => {
    if (!wanted || plugins) return;
    let gone = false;
    load().then(
      (math) => {
        if (!gone) setPlugins(math.plugins);
      },
      // The formula stays readable as the text it was written in.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [wanted, plugins]);
  return wanted ? plugins : null;
}

/** Formulas as they were set last: a paragraph that grows is drawn many times with the same ones. */
const MOST_KEPT = 500;
const kept = new Map<string, string | null>();

/** A formula as HTML, or null when it cannot be set. Only after `useMathPlugins` gave something. */
export function formulaHtml(formula: string, display: boolean): string | null {
  if (!loaded) return null;
  const key = `${display ? 'display' : 'inline'} ${formula}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const html = loaded.formulaHtml(formula, display);
  const oldest = kept.keys().next();
  if (kept.size >= MOST_KEPT && !oldest.done) kept.delete(oldest.value);
  kept.set(key, html);
  return html;
}
