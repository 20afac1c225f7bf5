import {
  createHighlighterCore,
  type LanguageRegistration,
  type ThemedToken,
  type ThemeRegistration,
} from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { z } from 'zod';

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

const highlighter = createHighlighterCore({ themes: [theme], langs: [], engine });

/** Where the build puts the grammars (scripts/grammars.mjs). */
const GRAMMARS = new URL('/grammars/', self.location.origin);

const languageList = z.array(z.object({ names: z.array(z.string()), parts: z.array(z.string()) }));

/** The grammars that each language takes, by its own and its short names, such as `ts`. */
const languages: Promise<ReadonlyMap<string, readonly string[]>> = fetch(
  new URL('languages.json', GRAMMARS),
)
  .then((response) => response.json())
  .then(
    (list: unknown) =>
      new Map(
        languageList.parse(list).flatMap(({ names, parts }) => names.map((name) => [name, parts])),
      ),
  );
languages.catch(() => undefined);

const grammar = z.custom<LanguageRegistration>(
  (value) => typeof value === 'object' && value !== null && 'scopeName' in value,
);

/** Languages that are there already, by the name they are highlighted by. */
const loaded = new Map<string, Promise<void>>();

async function load(parts: readonly string[]): Promise<void> {
  const { loadLanguage } = await highlighter;
  await loadLanguage(...(await Promise.all(parts.map(readGrammar))));
}

async function readGrammar(name: string): Promise<LanguageRegistration> {
  const { body } = await fetch(new URL(`${name}.grammar`, GRAMMARS));
  if (!body) throw new Error(`there is no grammar ${name}`);
  const text = await new Response(body.pipeThrough(new DecompressionStream('gzip'))).text();
  return grammar.parse(JSON.parse(text));
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
  const parts = (await languages).get(name);
  const language = parts?.at(-1);
  if (!parts || language === undefined) return null;
  const loading = loaded.get(language) ?? load(parts);
  loaded.set(language, loading);
  await loading;
  const { codeToTokensBase } = await highlighter;
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
