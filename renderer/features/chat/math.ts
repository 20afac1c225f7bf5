import 'katex/dist/katex.min.css';
import { math } from '@streamdown/math';
import katex from 'katex';
import type { PluginConfig } from 'streamdown';

/** Reads formulas and leaves them as code, which is then set by the same KaTeX its styles are from. */
export const plugins: PluginConfig = { math: { ...math, rehypePlugin: () => () => {} } };

const LONGEST_FORMULA = 20_000;

/** A formula as HTML; null when it cannot be set, so that its text is shown instead. */
export function formulaHtml(formula: string, displayMode: boolean): string | null {
  if (formula.length > LONGEST_FORMULA) return null;
  try {
    return katex.renderToString(formula, {
      displayMode,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 200,
      maxSize: 20,
    });
  } catch {
    return null;
  }
}
