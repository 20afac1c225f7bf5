import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import english from '../../renderer/locales/en.json';
import { COMMANDS, type CommandGroup, type CommandId, isCommand } from '../../shared/commands';
import { errorCode } from '../../shared/errors';
import { PARAMETER_KEYS, PARAMETERS } from '../../shared/parameters';

/** Every file below a folder, by its path. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'));
}

const read = (path: string) => readFileSync(path, 'utf8');
const withoutCode = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...filesIn('docs').filter((path) => path.endsWith('.md')),
];
const guide = pages.filter((path) => path.startsWith('docs/guide/'));

/** The name that a link gives to a heading. */
function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
  return words.trim().replace(/\s/g, '-');
}

function anchorsOf(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

describe('the links of the documents', () => {
  it.each(pages)('lead somewhere: %s', (page) => {
    const links = [...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = '']) => target,
    );
    const wrong = links.filter((target) => {
      if (/^(https?|mailto):/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const path = file === '' ? page : join(dirname(page), file);
      if (!existsSync(path)) return true;
      return anchor !== undefined && !anchorsOf(path).includes(anchor);
    });
    expect(wrong).toEqual([]);
  });

  it('reach every page of the guide from its first one', () => {
    const first = read('docs/guide/README.md');
    const others = guide.map((path) => path.slice('docs/guide/'.length));
    const missing = others.filter((name) => name !== 'README.md' && !first.includes(`(${name})`));
    expect(missing).toEqual([]);
    expect(others.length).toBeGreaterThan(9);
  });
});

/** All texts of the app, as patterns: what is filled in may be anything. */
const shown = [
  ...textsOf(english),
  ...PARAMETER_KEYS.map((key) => PARAMETERS[key].label),
  ...['the server', 'the model'].flatMap((name) => textsOf(english.errors.titles, name)),
];

function textsOf(texts: object, name?: string): string[] {
  return Object.values(texts).flatMap((text: unknown) => {
    if (typeof text === 'object' && text !== null) return textsOf(text, name);
    if (typeof text !== 'string') return [];
    return name === undefined ? text : named(text);
  });
}

/** A text of a failure as the guide writes it. */
function named(text: string): string {
  const words = text.replace('{{name}}', 'the server').replace('{{model}}', 'the model');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

describe('what the guide says stands on the screen', () => {
  it.each(guide)('stands there: %s', (page) => {
    const said = [...withoutCode(read(page)).matchAll(/(?<!\*)\*([^*]+)\*(?!\*)/g)];
    const words = said.map(([, text = '']) => text.replace(/\s+/g, ' '));
    expect(words.filter((text) => !shown.includes(text))).toEqual([]);
  });
});

describe('docs/guide/troubleshooting.md', () => {
  it('has each code of a failure, with what the screen says, in their order', () => {
    const rows = [
      ...read('docs/guide/troubleshooting.md').matchAll(/^\| `(\w+)` \| \*(.+?)\* \| (.+) \|$/gm),
    ];
    expect(rows.map(([, code, title]) => [code, title])).toEqual(
      errorCode.options.map((code) => [code, named(english.errors.titles[code])]),
    );
    for (const [, code, , remedy = ''] of rows) expect(remedy.length, code).toBeGreaterThan(10);
  });
});

describe('docs/guide/keyboard.md', () => {
  const page = read('docs/guide/keyboard.md');

  it.each<CommandGroup>(['app', 'pages', 'conversations', 'answers', 'asking'])(
    'has the usual keys of every command of the group “%s”',
    (group) => {
      const [, part = ''] = page.split(`\n## ${english.shortcuts.groups[group]}\n`);
      const [own = ''] = part.split('\n## ');
      const rows = own.split('\n').filter((line) => line.startsWith('| ') && !/^\| -/.test(line));
      const wanted = Object.keys(COMMANDS)
        .filter(isCommand)
        .filter((id) => COMMANDS[id].group === group && !/^preset[2-9]$/.test(id));
      expect(rows.slice(1)).toEqual(wanted.map(keyboardRow));
    },
  );
});

function keyboardRow(id: CommandId): string {
  const { keys } = COMMANDS[id];
  const command = COMMANDS[id];
  const mac = 'macKeys' in command ? `, macOS ${written(command.macKeys, 'Cmd')}` : '';
  const pressed = keys === null ? 'none' : `${written(keys, 'Ctrl/Cmd')}${mac}`;
  // Nine commands of one kind stand in one row.
  if (id === 'preset1') return `| Choose preset 1 to 9 | ${pressed} to 9 |`;
  return `| ${english.shortcuts.commands[id]} | ${pressed} |`;
}

function written(keys: string, mod: string): string {
  const names: Readonly<Record<string, string>> = {
    Mod: mod,
    Escape: 'Esc',
    ArrowLeft: '←',
    ArrowRight: '→',
    ArrowDown: '↓',
  };
  const parts = keys.split('+').map((key) => names[key] ?? key);
  // On a Mac it is Ctrl that such a combination has.
  return parts.join('+');
}

describe('docs/privacy.md', () => {
  /** What takes part in reaching the network. Types alone reach nothing. */
  const REACHES = [
    /^import (?!type\b)[^;]*from '(node:(http|https|http2|net|tls|dgram)|undici|electron-updater|@opentelemetry\/exporter[^']*)'/m,
    /import\('(undici|electron-updater|node:\w+)'\)/,
    /^import \{(?=[^}]*\b(net|autoUpdater)\b)[^}]*\} from 'electron'/m,
    /\bshell\.openExternal\(|\bsetSpellCheckerLanguages\(|\bresolveProxy\(/,
    /\.dispatch\(|(?<![.\w])fetch\(/,
  ];

  /** They read addresses and certificates, or take the page from the server of the development build. */
  const HARMLESS = [
    'electron/provider/certificates.ts',
    'electron/provider/proxy.ts',
    'electron/shell/app-protocol.ts',
  ];

  it('names every file that reaches the network', () => {
    const page = read('docs/privacy.md');
    const sources = filesIn('electron').filter(
      (path) => path.endsWith('.ts') && !path.startsWith('electron/simulator/'),
    );
    const reaching = sources.filter((path) => REACHES.some((way) => way.test(read(path))));
    expect(reaching).toContain('electron/provider/posting.ts');
    expect(reaching.filter((path) => !HARMLESS.includes(path) && !page.includes(path))).toEqual([]);
  });

  it('names no file that is not there', () => {
    const named = [...read('docs/privacy.md').matchAll(/`((?:electron|test)\/[\w/.-]+)`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });
});

describe('docs/threat-model.md', () => {
  it('names a test that is there for each measure', () => {
    const rows = read('docs/threat-model.md')
      .split('\n## What is done\n')[1]
      ?.split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (-|Against )/.test(line));
    for (const row of rows ?? []) {
      const tests = [...row.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = '']) => path);
      expect(tests, row).not.toEqual([]);
      expect(tests.filter((path) => !existsSync(path))).toEqual([]);
    }
    expect(rows?.length).toBeGreaterThan(9);
  });
});

describe('the commands of the documents', () => {
  it('are scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const called = pages.flatMap((path) =>
      [...read(path).matchAll(/npm run (?:--silent )?([a-z][\w-]*)/g)].map(([, name = '']) => name),
    );
    expect(called.filter((name) => !(name in scripts))).toEqual([]);
  });
});
