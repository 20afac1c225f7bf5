import { describe, expect, it } from 'vitest';
import { isCombination, keyText } from '../../../renderer/ui/key-combination';
import { firstOptions, groupedOptions, matchingOptions } from '../../../renderer/ui/picker-options';

const options = [
  { value: 'openai/gpt-4o', label: 'gpt-4o', group: 'OpenAI' },
  { value: 'openai/gpt-4o-mini', label: 'gpt-4o-mini', group: 'OpenAI' },
  { value: 'x/my-gpt', label: 'my-gpt', group: 'Other', keywords: 'fast' },
];
const values = (list: readonly { value: string }[]) => list.map((option) => option.value);

describe('a picker', () => {
  it('finds every typed word, the beginnings first', () => {
    expect(matchingOptions(options, ' ')).toBe(options);
    expect(values(matchingOptions(options, 'mini OPENAI'))).toEqual(['openai/gpt-4o-mini']);
    expect(values(matchingOptions(options, 'my'))).toEqual(['x/my-gpt']);
    expect(values(matchingOptions(options, 'fast'))).toEqual(['x/my-gpt']);
    expect(matchingOptions(options, 'nothing')).toEqual([]);
    expect(values(matchingOptions([...options].reverse(), 'gpt'))[0]).toBe('openai/gpt-4o-mini');
  });

  it('draws a few of many, the chosen one among them', () => {
    expect(firstOptions(options, null, 3)).toBe(options);
    expect(values(firstOptions(options, 'x/my-gpt', 2))).toEqual(['x/my-gpt', 'openai/gpt-4o']);
    expect(values(firstOptions(options, null, 2))).toHaveLength(2);
  });

  it('puts one heading over neighbours of the same group', () => {
    expect(groupedOptions(options).map((group) => group.heading)).toEqual(['OpenAI', 'Other']);
  });
});

describe('key combinations', () => {
  const press = { key: 'n', ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };

  it('are written as the system writes them', () => {
    expect(keyText('Mod+Shift+P', false)).toBe('Ctrl Shift P');
    expect(keyText('Mod+Shift+P', true)).toBe('⌘⇧P');
  });

  it('match with exactly their keys', () => {
    expect(isCombination(press, 'Mod+N', false)).toBe(true);
    expect(isCombination(press, 'Mod+N', true)).toBe(false);
    expect(isCombination({ ...press, shiftKey: true }, 'Mod+N', false)).toBe(false);
    expect(isCombination({ ...press, ctrlKey: false }, 'Mod+N', false)).toBe(false);
    expect(isCombination({ ...press, key: 'F2', ctrlKey: false }, 'F2', false)).toBe(true);
  });
});
