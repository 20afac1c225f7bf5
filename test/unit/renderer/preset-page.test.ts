import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { importText } from '../../../renderer/features/presets/import-text';
import { keepable } from '../../../renderer/features/presets/preset-drafts';
import { EXAMPLES } from '../../../renderer/features/presets/preset-examples';
import { costPerAnswer } from '../../../renderer/features/presets/preset-figures';
import { movedTo, neighbourOf, placeOfDrop } from '../../../renderer/features/presets/preset-order';
import { startTexts } from '../../../renderer/locales/i18n';
import { targetOf } from '../../../renderer/preset/use-start-preset';
import { presetContent } from '../../../shared/contract/preset';
import { connectionId, presetId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import fc from '../../fixtures/fast-check';
import { EMPTY_PRESET, keptPreset } from '../../fixtures/presets';

beforeAll(startTexts);

const ids = [1, 2, 3, 4].map((id) => presetId.parse(id));

describe('the order of presets', () => {
  it('changes by one place at a time and stops at the ends', () => {
    expect(movedTo(ids, 2, 1)).toEqual([1, 3, 2, 4]);
    expect(movedTo(ids, 0, -1)).toEqual(ids);
    expect(movedTo(ids, 3, 4)).toEqual(ids);
  });

  it('puts what is dropped where the line is drawn', () => {
    const place = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(place, place, fc.boolean(), (from, over, behind) => {
        const next = movedTo(ids, from, placeOfDrop(from, over, behind));
        expect([...next].sort()).toEqual(ids);
        if (from === over) return;
        const [moved, target] = [ids[from], ids[over]].map((id) =>
          id === undefined ? -1 : next.indexOf(id),
        );
        expect((moved ?? 0) - (target ?? 0)).toBe(behind ? 1 : -1);
      }),
    );
  });

  it('shows a neighbour of what was deleted', () => {
    const [first, , , last] = ids;
    if (first === undefined || last === undefined) throw new Error('four ids');
    expect(neighbourOf(ids, first)).toBe(2);
    expect(neighbourOf(ids, last)).toBe(3);
    expect(neighbourOf([first], first)).toBeNull();
  });
});

describe('what stands in the fields of a preset', () => {
  it('is kept as far as it can be', () => {
    const content = { ...EMPTY_PRESET, opening: [{ role: 'user' as const, text: ' ' }] };
    expect(keepable({ name: ' ', content })).toEqual({ content: { ...content, opening: [] } });
    expect(keepable({ name: 'Poet ', content: EMPTY_PRESET })).toEqual({
      name: 'Poet',
      content: EMPTY_PRESET,
    });
  });
});

describe('the cost of an answer with a preset', () => {
  const spent = { known: nano(10n), estimated: nano(2n), unknown: 1, running: 1, runs: 5 };

  it('is the average of those whose cost is known', () => {
    expect(costPerAnswer(spent)).toBe(4n);
  });

  it('is unknown while none of them is known', () => {
    expect(costPerAnswer({ ...spent, runs: 2 })).toBeNull();
  });
});

describe('what an import brought', () => {
  const text = (result: Parameters<typeof importText>[0]) => importText(result, i18next.t);
  const skipped = [{ name: 'Poet', problem: 'settings: invalid' }];

  it('is counted, and so is what was left out', () => {
    expect(text({ kind: 'read', added: [keptPreset({})], skipped })).toEqual({
      title: '1 preset imported',
      text: '1 entry was left out. The rest is in the list.',
    });
    expect(text({ kind: 'read', added: [], skipped }).title).toBe('Nothing was imported');
    expect(text({ kind: 'read', added: [], skipped: [] }).text).toBe(
      'There is no preset in this file.',
    );
  });

  it('says why a file was of no use', () => {
    const failed = (reason?: string) =>
      text({ kind: 'failed', failure: { code: 'invalid_input', ...(reason && { reason }) } }).text;
    expect(failed('newer_file')).toContain('newer version');
    expect(failed('not_a_preset_file')).toContain('not a file of presets');
    expect(failed()).toBe('The file could not be read.');
  });
});

describe('the examples', () => {
  it('are presets that any server can be asked with', () => {
    for (const { content } of EXAMPLES) {
      expect(presetContent.safeParse(content).success).toBe(true);
      expect([content.connectionId, content.model]).toEqual([null, null]);
    }
  });
});

describe('whom a conversation begins with', () => {
  const [here, there] = [1, 2].map((id) => connectionId.parse(id));
  if (here === undefined || there === undefined) throw new Error('two ids');
  const preset = { connectionId: here, model: 'gpt-4o' };
  const byHand = (target: Partial<Parameters<typeof targetOf>[1]['target']>) => ({
    target: { connectionId: null, model: null, ...target },
  });

  it('is whom its preset names, unless another was chosen by hand', () => {
    expect(targetOf(preset, byHand({}))).toEqual(preset);
    expect(targetOf(preset, byHand({ model: 'o1' }))).toEqual({ connectionId: here, model: 'o1' });
    expect(targetOf(null, byHand({}))).toEqual({ connectionId: null, model: null });
  });

  it('is no model of another connection', () => {
    expect(targetOf(preset, byHand({ connectionId: there })).model).toBeNull();
    const anywhere = { connectionId: null, model: 'gpt-4o' };
    expect(targetOf(anywhere, byHand({ connectionId: there })).model).toBe('gpt-4o');
  });
});
