import { describe, expect, it } from 'vitest';
import { readableBody, textRows } from '../../../renderer/features/chat/inspect-text';
import fc from '../../fixtures/fast-check';

const fold = (characters: number) => `(${characters} characters)`;

describe('the readable form of a body', () => {
  it('has a line for each field and says the same', () => {
    const body = '{"model":"m","temperature":0.7,"messages":[{"role":"user","content":"hi"}]}';
    const readable = readableBody(body, fold);
    expect(readable).toContain('\n  "temperature": 0.7,');
    expect(JSON.parse(readable)).toEqual(JSON.parse(body));
  });

  it('folds the bytes of an image and keeps its type', () => {
    const url = `data:image/png;base64,${'A'.repeat(5000)}`;
    const readable = readableBody(JSON.stringify({ url }), fold);
    expect(readable).toContain('data:image/png;base64,AAAA');
    expect(readable).toContain(`(${url.length} characters)`);
    expect(readable.length).toBeLessThan(200);
  });

  it('leaves long words of a person alone', () => {
    const content = 'words '.repeat(100);
    expect(readableBody(JSON.stringify({ content }), fold)).toContain(content);
  });

  it('is the body itself when that is not JSON', () => {
    expect(readableBody('{"cut', fold)).toBe('{"cut');
  });
});

describe('the rows of a long text', () => {
  it('hold all of it, and none is too long to draw', () => {
    const lines = fc.array(
      fc.oneof(
        fc.string(),
        fc.nat(20_000).map((n) => 'x'.repeat(n)),
      ),
    );
    fc.assert(
      fc.property(lines, (all) => {
        const text = all.join('\n');
        const rows = textRows(text);
        expect(rows.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
        expect(rows.every((row) => row.length <= 4001)).toBe(true);
      }),
    );
  });

  it('never cut a character in two', () => {
    const cut = /[\ud800-\udbff]$/;
    for (const row of textRows(`x${'😀'.repeat(6000)}`)) expect(row).not.toMatch(cut);
  });
});
