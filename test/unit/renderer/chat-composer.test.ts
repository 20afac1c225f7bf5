import { describe, expect, it } from 'vitest';
import { type ComposerKey, composerAction } from '../../../renderer/features/chat/composer-keys';
import { draftText, type KeptDraft, readDraft } from '../../../renderer/features/chat/kept-draft';
import {
  AT_THE_START,
  ownMessages,
  type Walk,
  walked,
} from '../../../renderer/features/chat/message-history';
import { slashAt, slashMatches } from '../../../renderer/features/chat/slash';
import { directionOf } from '../../../renderer/features/chat/text-direction';
import {
  lengthOfFiles,
  textOfFile,
  withFiles,
  withoutFiles,
} from '../../../renderer/features/chat/text-files';
import { saysSomething, WrittenText } from '../../../renderer/features/chat/written-text';
import { attachmentId } from '../../../shared/ids';
import fc from '../../fixtures/fast-check';

const key = (name: string, more: Partial<ComposerKey> = {}): ComposerKey => ({
  key: name,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 0,
  ...more,
});

describe('a key in the composer', () => {
  it('sends with Enter, and breaks the line with the others', () => {
    expect(composerAction(key('Enter'), 'enter')).toBe('send');
    expect(composerAction(key('Enter', { ctrlKey: true }), 'enter')).toBe('break');
    expect(composerAction(key('Enter', { shiftKey: true }), 'enter')).toBeNull();
  });

  it('sends with Ctrl+Enter or Cmd+Enter where that was chosen', () => {
    expect(composerAction(key('Enter'), 'mod_enter')).toBeNull();
    expect(composerAction(key('Enter', { ctrlKey: true }), 'mod_enter')).toBe('send');
    expect(composerAction(key('Enter', { metaKey: true }), 'mod_enter')).toBe('send');
  });

  it('belongs to an input method while that composes', () => {
    expect(composerAction(key('Enter', { isComposing: true }), 'enter')).toBeNull();
    expect(composerAction(key('Enter', { keyCode: 229 }), 'enter')).toBeNull();
    expect(composerAction(key('ArrowUp', { isComposing: true }), 'enter')).toBeNull();
  });

  it('walks through earlier messages with the bare arrows', () => {
    expect(composerAction(key('ArrowUp'), 'enter')).toBe('back');
    expect(composerAction(key('ArrowDown'), 'enter')).toBe('forth');
    expect(composerAction(key('ArrowUp', { shiftKey: true }), 'enter')).toBeNull();
  });
});

describe('walking through earlier messages', () => {
  const entries = ['newest', 'older', 'oldest'];
  const go = (walk: Walk, shown: string, by: 1 | -1) => {
    const next = walked(walk, shown, entries, by);
    if (next === null) throw new Error('there is no such place');
    return next;
  };

  it('goes back one by one and ends at the oldest', () => {
    const first = go(AT_THE_START, '', 1);
    expect(first.text).toBe('newest');
    const last = go(go(first.walk, first.text, 1).walk, 'older', 1);
    expect(last.text).toBe('oldest');
    expect(walked(last.walk, last.text, entries, 1)).toBeNull();
  });

  it('gives back what was being typed', () => {
    const first = go(AT_THE_START, 'half a thought', 1);
    expect(go(first.walk, first.text, -1).text).toBe('half a thought');
    expect(walked(AT_THE_START, 'half a thought', entries, -1)).toBeNull();
  });

  it('keeps what was changed of an earlier message at its place', () => {
    const first = go(AT_THE_START, '', 1);
    const second = go(first.walk, 'newest, changed', 1);
    expect(second.text).toBe('older');
    expect(go(second.walk, second.text, -1).text).toBe('newest, changed');
  });

  it('never loses a text, whatever the way', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(fc.record({ by: fc.constantFrom(1 as const, -1 as const), typed: fc.string() })),
        (start, steps) => {
          const model: Record<number, string> = { 0: start };
          let walk = AT_THE_START;
          let shown = start;
          for (const { by, typed } of steps) {
            shown += typed;
            model[walk.at] = shown;
            const next = walked(walk, shown, entries, by);
            if (next === null) continue;
            walk = next.walk;
            shown = next.text;
            expect(shown).toBe(model[walk.at] ?? entries[walk.at - 1]);
          }
        },
      ),
    );
  });

  it('is among the own messages, the newest first, without repetitions in a row', () => {
    const said = (role: 'user' | 'assistant', text: string) => ({
      role,
      parts: [{ kind: 'text' as const, text, name: null }],
    });
    const messages = [
      said('user', 'one'),
      said('assistant', 'an answer'),
      said('user', 'two'),
      said('user', 'two'),
      said('user', ' '),
    ];
    expect(ownMessages(messages)).toEqual(['two', 'one']);
  });
});

describe('a command', () => {
  it('begins with a slash at the start of a line and ends at the cursor', () => {
    expect(slashAt('/tr', 3)).toEqual({ from: 0, query: 'tr' });
    expect(slashAt('hello\n/translate to', 16)).toEqual({ from: 6, query: 'translate' });
    expect(slashAt('/tr', 0)).toBeNull();
    expect(slashAt('and/or', 6)).toBeNull();
    expect(slashAt(' /tr', 4)).toBeNull();
  });

  it('is not sought further than a name is long', () => {
    const long = `/${'x'.repeat(200_000)}`;
    expect(slashAt(long, long.length)).toBeNull();
  });

  it('finds names by every word, those that begin with it first', () => {
    const items = ['Summary, short', 'Short summary', 'Translate'].map((name) => ({ name }));
    const names = (query: string) => slashMatches(items, query).map(({ name }) => name);
    expect(names('')).toEqual(['Summary, short', 'Short summary', 'Translate']);
    expect(names('short')).toEqual(['Short summary', 'Summary, short']);
    expect(names('sum sho')).toHaveLength(2);
    expect(names('nothing')).toEqual([]);
  });
});

describe('a text file', () => {
  const utf16 = (text: string, little: boolean) => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), little);
    return bytes;
  };

  it('is read in UTF-8 and UTF-16, with or without a mark', () => {
    const text = 'Größe;名\nabc';
    expect(textOfFile(new TextEncoder().encode(text))).toBe(text);
    expect(textOfFile(new TextEncoder().encode(`\ufeff${text}`))).toBe(text);
    for (const little of [true, false]) {
      expect(textOfFile(utf16(`\ufeff${text}`, little))).toBe(text);
      expect(textOfFile(utf16('id;name\n1;Ada', little))).toBe('id;name\n1;Ada');
    }
  });

  it('has its lines end alike', () => {
    expect(textOfFile(new TextEncoder().encode('a\r\nb\rc\n'))).toBe('a\nb\nc\n');
  });

  it('is told from everything else by its bytes', () => {
    expect(textOfFile(Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xe2, 0xe3, 0xcf))).toBeNull();
    expect(textOfFile(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1))).toBeNull();
    expect(textOfFile(Uint8Array.of(0x61, 0, 0x62))).toBeNull();
  });

  it('stands below the words under its name, in a fence that it cannot close', () => {
    expect(withFiles('Look at this.', [{ name: 'a.csv', text: 'x,y\n1,2\n' }])).toBe(
      'Look at this.\n\na.csv:\n```csv\nx,y\n1,2\n```',
    );
    expect(withFiles('', [{ name: 'README.md', text: '```js\n1\n```' }])).toBe(
      'README.md:\n````md\n```js\n1\n```\n````',
    );
    expect(withFiles('Just words ', [])).toBe('Just words');
  });

  it('makes a message longer by its name and fences too, which count for what main takes', () => {
    const files = [
      { name: 'a.csv', text: 'x,y\n1,2\n' },
      { name: 'README.md', text: '```js\n1\n```' },
    ];
    for (const some of [[], files.slice(1), files]) {
      expect('Words'.length + lengthOfFiles(some)).toBe(withFiles('Words', some).length);
    }
  });

  it('can be told apart from the words again', () => {
    const name = fc.constantFrom('a.csv', 'My notes.txt', 'x.test.ts', 'README.md');
    const line = fc.oneof(fc.string(), fc.constantFrom('```', '````js', 'b.csv:', ''));
    const text = fc.array(line, { minLength: 1 }).map((lines) => lines.join('\n'));
    const file = fc.record({ name, text });
    fc.assert(
      fc.property(fc.string(), fc.array(file, { maxLength: 3 }), (typed, files) => {
        const words = typed.trimEnd().replaceAll('`', '');
        const plain = files.map((one) => ({ ...one, text: one.text.replace(/\n$/, '') }));
        expect(withoutFiles(withFiles(words, files))).toEqual({ text: words, files: plain });
      }),
    );
  });

  it('is not seen in a message that only shows code', () => {
    const message = 'Why?\n\n```js\nfoo()\n```';
    expect(withoutFiles(message)).toEqual({ text: message, files: [] });
    expect(withoutFiles('```')).toEqual({ text: '```', files: [] });
  });
});

describe('a draft', () => {
  const image = {
    id: attachmentId.parse(7),
    sha256: 'a'.repeat(64),
    name: 'cat.png',
    mediaType: 'image/png' as const,
    bytes: 2_000,
  };
  const words = (text: string): KeptDraft => ({ text, images: [], files: [], queue: [] });

  it('is kept as its words where there is nothing else', () => {
    expect(draftText(words('Hello'))).toBe('Hello');
    expect(draftText(words(''))).toBe('');
  });

  it('comes back with its files and what waits', () => {
    const files = [{ name: 'a.csv', text: 'x' }];
    const queue = [{ text: 'And then?', images: [image], files: [] }];
    const draft: KeptDraft = { text: '', images: [image], files, queue };
    expect(readDraft(draftText(draft))).toEqual(draft);
  });

  it('comes back whatever was written', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'slice-draft:1\n'), fc.string(), (start, text) => {
        expect(readDraft(draftText(words(start + text)))).toEqual(words(start + text));
      }),
    );
  });

  it('is shown as it stands when it cannot be read', () => {
    expect(readDraft('slice-draft:1\n{"text":1}').text).toBe('slice-draft:1\n{"text":1}');
    expect(readDraft('slice-draft:1\nnonsense').text).toBe('slice-draft:1\nnonsense');
  });
});

describe('the direction of what is written', () => {
  it("is the browser's business in each paragraph, and one for all of a long text", () => {
    expect(directionOf('שלום')).toBe('auto');
    expect(directionOf('– word '.repeat(1000))).toBe('ltr');
    expect(directionOf(`1. ${'שלום '.repeat(2000)}`)).toBe('rtl');
  });
});

describe('what is written', () => {
  it('tells of each change once', () => {
    const written = new WrittenText('a');
    let heard = 0;
    const end = written.subscribe(() => {
      heard += 1;
    });
    written.set('ab');
    written.set('ab');
    end();
    written.set('abc');
    expect(heard).toBe(1);
    expect(written.text).toBe('abc');
  });

  it('says something unless it is blank', () => {
    expect(saysSomething(' \n\t')).toBe(false);
    expect(saysSomething(' a')).toBe(true);
  });
});
