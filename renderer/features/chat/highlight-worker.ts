import { createCodePlugin, type ThemeInput } from '@streamdown/code';

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

const theme: ThemeInput = {
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

const plugin = createCodePlugin({ themes: [theme, theme] });

type Language = Parameters<typeof plugin.supportsLanguage>[0];

const LANGUAGES: ReadonlySet<string> = new Set(plugin.getSupportedLanguages());

/** Short names such as `ts` are among the known ones. */
function isLanguage(name: string): name is Language {
  return LANGUAGES.has(name);
}

function reply(message: HighlightReply): void {
  self.postMessage(message);
}

self.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => {
  const { id, code } = data;
  const language = data.language.toLowerCase();
  if (!isLanguage(language)) {
    reply({ id, lines: null });
    return;
  }
  const text = code.replace(/\n$/, '');
  const done = (result: { tokens: readonly (readonly Token[])[] }) =>
    reply({ id, lines: result.tokens.map(lineOf) });
  const ready = plugin.highlight({ code: text, language, themes: [theme, theme] }, done);
  if (ready) done(ready);
});

interface Token {
  readonly content: string;
  readonly color?: string;
  readonly htmlStyle?: Record<string, string> | undefined;
}

function lineOf(tokens: readonly Token[]): HighlightedLine {
  const line: [CodeKind, string][] = [];
  for (const token of tokens) {
    const kind = KINDS.get((token.htmlStyle?.color ?? token.color ?? '').toLowerCase()) ?? '';
    const last = line.at(-1);
    if (last && last[0] === kind) last[1] += token.content;
    else line.push([kind, token.content]);
  }
  return line;
}
