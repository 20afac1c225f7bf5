import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('what the package declares', () => {
  it('has files of conversations opened only where an ending may have two parts', () => {
    const sections = readFileSync('electron-builder.yml', 'utf8').split(/^(?=\w)/m);
    // Windows and macOS look at the last part alone, and JSON is not ours.
    const declaring = sections.filter((text) => text.includes('fileAssociations:'));
    expect(declaring.map((text) => text.split(':')[0])).toEqual(['linux']);
    expect(declaring[0]).toContain('- ext: slice.json');
  });
});
