import mermaid, { type MermaidConfig } from 'mermaid';

/** A longer source would keep the page busy for seconds. */
const LONGEST_SOURCE = 20_000;
const KEPT = 40;

const kept = new Map<string, string>();
let drawn = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * A diagram as SVG, in the colours that the page has now; rejects when its source is not one. Nothing in
 * a diagram runs and no link of it can be followed.
 */
export async function drawDiagram(source: string, theme: string): Promise<string> {
  if (source.length > LONGEST_SOURCE) throw new Error('too long');
  const key = `${theme}\n${source}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  // One after the other: it draws into the document and keeps its settings for all.
  const drawing = last.then(async () => {
    mermaid.initialize(settings());
    drawn += 1;
    const { svg } = await mermaid.render(`diagram-${drawn}`, source);
    return svg;
  });
  last = drawing.catch(() => {});
  const svg = await drawing;
  kept.set(key, svg);
  const oldest = kept.keys().next();
  if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
  return svg;
}

function settings(): MermaidConfig {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const font = style.fontFamily || 'sans-serif';
  return {
    startOnLoad: false,
    securityLevel: 'strict',
    // What a diagram says of itself must not change these: some become style sheets as they are.
    secure: [
      'secure',
      'securityLevel',
      'startOnLoad',
      'maxTextSize',
      'maxEdges',
      'suppressErrorRendering',
      'htmlLabels',
      'dompurifyConfig',
      'fontFamily',
      'altFontFamily',
      'theme',
      'themeCSS',
      'themeVariables',
    ],
    suppressErrorRendering: true,
    maxTextSize: LONGEST_SOURCE,
    deterministicIds: true,
    fontFamily: font,
    theme: 'base',
    themeVariables: {
      darkMode: document.documentElement.dataset.theme === 'dark',
      fontFamily: font,
      fontSize: '13px',
      background: token('--surface-sunken'),
      primaryColor: token('--surface'),
      primaryTextColor: token('--text'),
      primaryBorderColor: token('--line-control'),
      secondaryColor: token('--accent-soft'),
      secondaryTextColor: token('--text'),
      secondaryBorderColor: token('--accent-line'),
      tertiaryColor: token('--surface-sunken'),
      tertiaryTextColor: token('--text'),
      tertiaryBorderColor: token('--line-strong'),
      lineColor: token('--text-3'),
      textColor: token('--text'),
      noteBkgColor: token('--warn-soft'),
      noteTextColor: token('--text'),
      noteBorderColor: token('--warn-line'),
      errorBkgColor: token('--danger-soft'),
      errorTextColor: token('--danger'),
    },
  };
}
