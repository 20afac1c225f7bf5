import { describe, expect, it } from 'vitest';
import { argumentsFor, isSafeMode } from '../../../electron/shell/safe-mode';

describe('safe mode', () => {
  it('is asked for by its switch, wherever that stands', () => {
    expect(isSafeMode(['slice', '--no-sandbox', '--safe-mode', '--demo'])).toBe(true);
    expect(isSafeMode(['slice', '--demo'])).toBe(false);
  });

  it('is entered and left by a new start with the same other words', () => {
    expect(argumentsFor(true, ['slice', '.', '--demo'])).toEqual(['.', '--demo', '--safe-mode']);
    expect(argumentsFor(false, ['slice', '.', '--safe-mode', '--demo'])).toEqual(['.', '--demo']);
    expect(argumentsFor(true, ['slice', '--safe-mode'])).toEqual(['--safe-mode']);
  });

  it.each(['file:///tmp/a.slice.json', 'a.slice.json', 'slice://chat/5', 'slice://spending'])(
    'does not open again what the first start was for: %s',
    (word) => {
      expect(argumentsFor(false, ['slice', '.', word, '--demo'])).toEqual(['.', '--demo']);
    },
  );
});
