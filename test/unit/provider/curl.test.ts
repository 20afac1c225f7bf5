import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlLine, KEY_VARIABLE } from '../../../electron/provider/curl';
import fc from '../../fixtures/fast-check';

/** The arguments that a shell makes of a line, with the variable of the key set. */
function asShellReads(line: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${line}`;
  const { stdout, status } = spawnSync('sh', ['-c', script], {
    env: { SLICE_API_KEY: 'sk-secret' },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the shell does not take ${line}`);
  return stdout.split('\0').slice(0, -1);
}

describe('a request as a line for a shell', () => {
  it('takes the key from a variable and says everything else', () => {
    const headers = [
      { name: 'authorization', value: `Bearer ${KEY_VARIABLE}` },
      { name: 'content-type', value: 'application/json' },
    ];
    const line = curlLine('https://apipie.ai/v1/chat/completions', headers, '{"model":"a"}');
    expect(line).not.toContain('sk-secret');
    expect(asShellReads(line)).toEqual([
      '-X',
      'POST',
      'https://apipie.ai/v1/chat/completions',
      '-H',
      'authorization: Bearer sk-secret',
      '-H',
      'content-type: application/json',
      '--data-raw',
      '{"model":"a"}',
    ]);
  });

  it('means nothing else to the shell, whatever is in it', () => {
    // One call of a shell each: fewer of them, and every character that means something to it.
    const nasty = fc.string({
      unit: fc.constantFrom(...'\'"`$(){}\\\n !#&|;<>*?~aé😀'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(nasty, nasty, (value, body) => {
        const line = curlLine('http://x/', [{ name: 'x', value }], body);
        expect(asShellReads(line).slice(-3)).toEqual([`x: ${value}`, '--data-raw', body]);
      }),
      { numRuns: 20 },
    );
  });
});
