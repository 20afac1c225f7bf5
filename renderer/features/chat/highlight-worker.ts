import {
  type BundledLanguage,
  bundledLanguages,
  bundledLanguagesInfo,
  createHighlighter,
  type ThemedToken,
  type ThemeRegistration,
} from 'shiki';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** What a stretch of code is: a class name of chat.css, or nothing. */
export type CodeKind = '' | 'k' | 's' | 'n' | 'c';
export type HighlightedLine = readonly (readonly [CodeKind, string])[];

export interface HighlightRequest {
  readonly id: number;
  readonly code: string;
  readonly language: string;
}

export interface HighlightReply {
  readonly id: number;
  /** Null when the language is not known. */
  readonly lines: readonly HighlightedLine[] | null;
}

/** Colours that stand for the classes; the page's own tokens say how those look. */
const KINDS: ReadonlyMap<string, CodeKind> = new Map([
  ['#000001', 'k'],
  ['#000002', 's'],
  ['#000003', 'n'],
  ['#000004', 'c'],
]);

const theme: ThemeRegistration = {
  name: 'slice',
  type: 'light',
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    {
      scope: [
        'keyword',
        'storage',
        'support.function',
        'support.type.property-name',
        'entity.name.tag',
        'variable.language',
        'markup.heading',
      ],
      settings: { foreground: '#000001' },
    },
    {
      scope: ['keyword.operator', 'storage.type.function.arrow', 'punctuation'],
      settings: { foreground: '#000000' },
    },
    {
      scope: [
        'keyword.operator.new',
        'keyword.operator.expression',
        'keyword.operator.logical.python',
      ],
      settings: { foreground: '#000001' },
    },
    {
      scope: ['string', 'string punctuation', 'markup.inserted', 'constant.character'],
      settings: { foreground: '#000002' },
    },
    { scope: ['constant.numeric', 'constant.language'], settings: { foreground: '#000003' } },
    {
      scope: ['comment', 'comment punctuation', 'punctuation.definition.comment'],
      settings: { foreground: '#000004' },
    },
  ],
};

/**
 * Newer targets use regular expressions with flags inside, which Chromium 130 takes but matches
 * differently: the key words of SQL stayed plain.
 */
const engine = createJavaScriptRegexEngine({ forgiving: true, target: 'ES2018' });

const highlighter = createHighlighter({ themes: [theme], langs: [], engine });

/** Languages by their own and their short names, such as `ts`. */
const LANGUAGES: ReadonlyMap<string, BundledLanguage> = new Map(
  bundledLanguagesInfo.flatMap(({ id, aliases = [] }) =>
    [id, ...aliases].flatMap((name) => (isBundled(id) ? [[name, id] as const] : [])),
  ),
);

function isBundled(name: string): name is BundledLanguage {
  return name in bundledLanguages;
}

function reply(message: HighlightReply): void {
  self.postMessage(message);
}

self.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => {
  const { id, code } = data;
  highlight(code.replace(/\n$/, ''), data.language.toLowerCase()).then(
    (lines) => reply({ id, lines }),
    () => reply({ id, lines: null }),
  );
});

async function highlight(code: string, name: string): Promise<HighlightedLine[] | null> {
  const language = LANGUAGES.get(name);
  if (!language) return null;
  const { loadLanguage, codeToTokensBase } = await highlighter;
  await loadLanguage(language);
  return codeToTokensBase(code, { lang: language, theme }).map(lineOf);
}

function lineOf(tokens: readonly ThemedToken[]): HighlightedLine {
  const line: [CodeKind, string][] = [];
  for (const token of tokens) {
    const kind = KINDS.get((token.color ?? '').toLowerCase()) ?? '';
    const last = line.at(-1);
    if (last && last[0] === kind) last[1] += token.content;
    else line.push([kind, token.content]);
  }
  return line;
}
