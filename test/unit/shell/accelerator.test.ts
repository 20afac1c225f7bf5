import { describe, expect, it } from 'vitest';
import { acceleratorOf } from '../../../electron/shell/accelerator';
import { COMMANDS, isCommand, usualKeys } from '../../../shared/commands';

describe('a combination in the native menu', () => {
  it('has the names that Electron knows', () => {
    expect(acceleratorOf('Mod+Shift+F')).toBe('CmdOrCtrl+Shift+F');
    expect(acceleratorOf('Mod+Alt+ArrowLeft')).toBe('CmdOrCtrl+Alt+Left');
    expect(acceleratorOf('Mod+,')).toBe('CmdOrCtrl+,');
    expect(acceleratorOf('F5')).toBe('F5');
  });

  it('is left out for bare characters, which one writes with', () => {
    for (const keys of ['?', 'A', 'Shift+A', 'Escape', null]) {
      expect(acceleratorOf(keys)).toBeUndefined();
    }
  });

  it('is left out for what no menu knows, whatever stands in the settings', () => {
    for (const keys of ['', '+', 'Mod+', 'Mod+é', 'Fn+K', 'Mod+MediaPlay', 'x'.repeat(60)]) {
      expect(acceleratorOf(keys)).toBeUndefined();
    }
  });

  it('is there for the usual keys of nearly all commands', () => {
    const without = Object.keys(COMMANDS)
      .filter(isCommand)
      .filter((id) => {
        const keys = usualKeys(id, false);
        return keys !== null && acceleratorOf(keys) === undefined;
      });
    expect(without).toEqual(['shortcuts', 'stop']);
  });
});
