import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listedCommands } from '../../../renderer/features/shortcuts/command-list';
import { refusalOf } from '../../../renderer/features/shortcuts/key-rules';
import { COMMAND_IDS, commandWith, withKeys } from '../../../renderer/state/shortcuts';
import {
  ariaKeys,
  isCombination,
  keyText,
  pressedCombination,
  writtenCombination,
} from '../../../renderer/ui/key-combination';
import { type CommandId, keysOf, type OwnKeys, usualKeys } from '../../../shared/commands';

const NAMED = [
  'Enter',
  'Delete',
  'Backspace',
  'Tab',
  'Escape',
  'ArrowUp',
  'ArrowLeft',
  'F5',
  'Home',
];
const key = fc.constantFrom(...'ABCXYZ059?,./-='.split(''), ...NAMED, 'Plus', 'Space');
const combination = (mac: boolean) =>
  fc
    .tuple(fc.subarray(mac ? ['Mod', 'Ctrl', 'Alt', 'Shift'] : ['Mod', 'Alt', 'Shift']), key)
    .map(([held, last]) => [...held, last].join('+'));

const press = (
  name: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('a combination', () => {
  it.each([true, false])('is read back from how it is written (macOS: %s)', (mac) => {
    fc.assert(
      fc.property(combination(mac), (text) => {
        expect(writtenCombination(keyText(text, mac), mac)).toBe(text);
      }),
    );
  });

  it('is written with the signs of macOS and the words of other systems', () => {
    expect(keyText('Mod+Alt+ArrowLeft', true)).toBe('⌘⌥←');
    expect(keyText('Mod+Alt+ArrowLeft', false)).toBe('Ctrl Alt ←');
    expect(keyText('Mod+Plus', false)).toBe('Ctrl +');
    expect(ariaKeys('Mod+Shift+K', true)).toBe('Meta+Shift+K');
    expect(ariaKeys('Ctrl+Tab', true)).toBe('Control+Tab');
  });

  it('is not read from what nobody would write', () => {
    for (const text of ['', 'Ctrl', 'Ctrl ', 'new conversation']) {
      expect(writtenCombination(text, false)).toBeNull();
    }
  });

  it('is what is pressed, with the modifiers in one order', () => {
    const all = { ctrlKey: true, altKey: true, shiftKey: true };
    expect(pressedCombination(press('k', all), false)).toBe('Mod+Alt+Shift+K');
    expect(pressedCombination(press('k', { metaKey: true, ctrlKey: true }), true)).toBe(
      'Mod+Ctrl+K',
    );
    expect(pressedCombination(press('Tab', { ctrlKey: true }), true)).toBe('Ctrl+Tab');
    expect(pressedCombination(press('Tab', { ctrlKey: true }), false)).toBe('Mod+Tab');
  });

  it('needs no Shift for a sign that one types with it', () => {
    expect(pressedCombination(press('?', { shiftKey: true }), false)).toBe('?');
    expect(pressedCombination(press('+', { shiftKey: true, ctrlKey: true }), false)).toBe(
      'Mod+Plus',
    );
    expect(pressedCombination(press('ArrowUp', { shiftKey: true }), false)).toBe('Shift+ArrowUp');
  });

  it('goes by the place of the key where the letter is not Latin', () => {
    const cyrillic = { ...press('л', { ctrlKey: true }), code: 'KeyK' };
    expect(pressedCombination(cyrillic, false)).toBe('Mod+K');
    const option = { ...press('˚', { altKey: true, metaKey: true }), code: 'KeyK' };
    expect(pressedCombination(option, true)).toBe('Mod+Alt+K');
    const dvorak = { ...press('k', { ctrlKey: true }), code: 'KeyV' };
    expect(isCombination(dvorak, 'Mod+K', false)).toBe(true);
  });

  it('is none while a modifier or a character in the making is all there is', () => {
    expect(pressedCombination(press('Control', { ctrlKey: true }), false)).toBeNull();
    expect(pressedCombination(press('Dead'), false)).toBeNull();
    expect(
      pressedCombination({ ...press('k', { ctrlKey: true }), isComposing: true }, false),
    ).toBeNull();
    expect(pressedCombination(press('k', { metaKey: true }), false)).toBeNull();
    const altGr = { ...press('@', { ctrlKey: true, altKey: true }), getModifierState: () => true };
    expect(pressedCombination(altGr, false)).toBeNull();
  });
});

describe('the keys of the commands', () => {
  it.each([true, false])('are all different at first (macOS: %s)', (mac) => {
    const keys = COMMAND_IDS.flatMap((id) => usualKeys(id, mac) ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([true, false])(
    'could all be chosen again, but for Esc and that of undoing, which texts have too (macOS: %s)',
    (mac) => {
      const refused = COMMAND_IDS.filter((id) => {
        const keys = usualKeys(id, mac);
        return keys !== null && refusalOf(keys, mac) !== null;
      });
      expect(refused).toEqual(['stop', 'undo']);
    },
  );

  it('are kept only where they differ from the usual', () => {
    const changed = withKeys({}, 'newConversation', 'Mod+J', false);
    expect(changed).toEqual({ newConversation: 'Mod+J' });
    expect(keysOf('newConversation', changed, false)).toBe('Mod+J');
    expect(commandWith('Mod+N', changed, false)).toBeNull();
    expect(withKeys(changed, 'newConversation', 'Mod+N', false)).toEqual({});
    expect(withKeys({}, 'toggleTheme', null, false)).toEqual({});
  });

  it('can be taken away', () => {
    const none = withKeys({}, 'search', null, false);
    expect(keysOf('search', none, false)).toBeNull();
    expect(commandWith('Mod+Shift+F', none, false)).toBeNull();
  });

  it('never belong to two commands when each is taken over from who has it', () => {
    const step = fc.record({ id: fc.constantFrom(...COMMAND_IDS), keys: combination(false) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const own = steps.reduce<OwnKeys>((now, { id, keys }) => {
          const holder = commandWith(keys, now, false, id);
          const freed = holder === null ? now : withKeys(now, holder, null, false);
          return withKeys(freed, id, keys, false);
        }, {});
        const all = COMMAND_IDS.flatMap((id) => keysOf(id, own, false) ?? []);
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });
});

describe('what may not be chosen', () => {
  it('is what the system has', () => {
    expect(refusalOf('Alt+F4', false)).toBe('system');
    expect(refusalOf('Mod+Q', true)).toBe('system');
    expect(refusalOf('Mod+H', true)).toBe('system');
    expect(refusalOf('Mod+H', false)).toBeNull();
  });

  it('is what one writes with', () => {
    for (const keys of [
      'A',
      '7',
      'Shift+A',
      'Space',
      'ArrowUp',
      'Mod+C',
      'Mod+ArrowLeft',
      'Mod+Enter',
    ]) {
      expect(refusalOf(keys, false)).toBe('writing');
    }
    expect(refusalOf('Alt+P', true)).toBe('writing');
    expect(refusalOf('Alt+P', false)).toBeNull();
    expect(refusalOf('F5', false)).toBeNull();
  });
});

describe('the list of commands', () => {
  const names = (typed: string, own: OwnKeys = {}) =>
    listedCommands((id) => `Name of ${id}`, own, false, typed).flatMap(({ commands }) =>
      commands.map(({ id }) => id),
    );

  it('has each command once, in groups', () => {
    expect(names('').toSorted()).toEqual([...COMMAND_IDS].toSorted());
  });

  it('is searched by name and by keys, however these are written', () => {
    expect(names('togglesidebar')).toEqual<CommandId[]>(['toggleSidebar']);
    for (const typed of ['Ctrl N', 'ctrl n', 'Ctrl+N'])
      expect(names(typed)).toContain('newConversation');
    expect(names('Ctrl J', { search: 'Mod+J' })).toEqual<CommandId[]>(['search']);
  });

  it('says which keys are the user’s own', () => {
    const own = listedCommands((id) => id, { search: 'Mod+J', palette: 'Mod+K' }, false)
      .flatMap(({ commands }) => commands)
      .filter((command) => command.own);
    expect(own.map(({ id }) => id)).toEqual(['search']);
  });
});
