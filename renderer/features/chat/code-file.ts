import { LONGEST_PAGE } from './code-pages';

/** What a file in a language is usually called by: the end of its name, or the whole of it. */
const ENDINGS: Readonly<Record<string, string>> = {
  bash: 'sh',
  sh: 'sh',
  shell: 'sh',
  shellscript: 'sh',
  zsh: 'sh',
  fish: 'fish',
  console: 'txt',
  powershell: 'ps1',
  ps: 'ps1',
  batch: 'bat',
  javascript: 'js',
  node: 'js',
  typescript: 'ts',
  python: 'py',
  py3: 'py',
  ruby: 'rb',
  rust: 'rs',
  golang: 'go',
  kotlin: 'kt',
  csharp: 'cs',
  'c#': 'cs',
  fsharp: 'fs',
  'c++': 'cpp',
  cc: 'cpp',
  objectivec: 'm',
  'objective-c': 'm',
  haskell: 'hs',
  elixir: 'ex',
  erlang: 'erl',
  clojure: 'clj',
  ocaml: 'ml',
  perl: 'pl',
  julia: 'jl',
  markdown: 'md',
  latex: 'tex',
  yaml: 'yml',
  mermaid: 'mmd',
  plaintext: 'txt',
  plain: 'txt',
  text: 'txt',
  graphql: 'graphql',
  protobuf: 'proto',
  terraform: 'tf',
  postgresql: 'sql',
  mysql: 'sql',
  sqlite: 'sql',
  regex: 'txt',
  matlab: 'm',
  stylus: 'styl',
  handlebars: 'hbs',
  jsonc: 'json',
  vbnet: 'vb',
};

/** Languages whose files have one name. */
const WHOLE: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  docker: 'Dockerfile',
  makefile: 'Makefile',
  make: 'Makefile',
  cmake: 'CMakeLists.txt',
};

/** A short name such as `ts` or `sql` ends files as it is. */
const SHORT = /^[a-z][a-z0-9]{0,5}$/;

/** What code in a language is saved as: `stem.py`, `Dockerfile`, `stem.txt` where nothing is known. */
export function codeFileName(language: string, stem: string): string {
  const name = language.toLowerCase();
  if (Object.hasOwn(WHOLE, name)) return WHOLE[name] ?? stem;
  if (Object.hasOwn(ENDINGS, name)) return `${stem}.${ENDINGS[name]}`;
  return `${stem}.${SHORT.test(name) ? name : 'txt'}`;
}

/** Code of more lines than this scrolls inside. */
export const LINES_SHOWN = 32;

/** How many lines a code has, without the line break at its end. One that is folded counts as several. */
export function lineCount(code: string): number {
  let count = 0;
  const end = code.endsWith('\n') ? code.length - 1 : code.length;
  for (let start = 0; start <= end; ) {
    const newline = code.indexOf('\n', start);
    const next = newline === -1 || newline > end ? end : newline;
    count += Math.max(1, Math.ceil((next - start) / LONGEST_PAGE));
    start = next + 1;
  }
  return count;
}
