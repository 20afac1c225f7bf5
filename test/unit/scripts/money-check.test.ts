import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { findRoundedMoney } from '../../../scripts/money-check.mjs';

/** What the check says of some lines that have an amount `cost`, another one `whole`, and its text. */
function linesRefused(...lines: readonly string[]): string[] {
  const source = `
    declare const cost: bigint & { readonly brand: 'NanoUsd' };
    declare const maybe: (bigint & { readonly brand: 'NanoUsd' }) | null;
    declare const whole: bigint;
    declare const id: number | bigint;
    declare function usdText(amount: bigint, decimals?: number): string;
    ${lines.join('\n')}`;
  const host = ts.createCompilerHost({});
  const { getSourceFile } = host;
  host.getSourceFile = (name, options) =>
    name === 'money.ts' ? ts.createSourceFile(name, source, options) : getSourceFile(name, options);
  const options = { target: ts.ScriptTarget.ES2022, strict: true, types: [] };
  const program = ts.createProgram(['money.ts'], options, host);
  return findRoundedMoney(program, (path) => path === 'money.ts').map(({ text }) => text);
}

describe('money that would become a number', () => {
  it('is found, whatever way it takes', () => {
    const lines = [
      'Number(cost)',
      'Number(maybe)',
      'Number(maybe ?? 0n)',
      'Number(cost + whole)',
      'Number(cost / 1000n)',
      'Number(cost.toString())',
      'Number("" + cost)',
      'parseFloat(usdText(cost))',
      'Number.parseFloat(usdText(cost, 2))',
      'Number(String(cost))',
    ];
    expect(linesRefused(...lines)).toEqual(lines);
  });

  it('may do so as a share of another, and what is no money may always', () => {
    const lines = [
      'Number((cost * 1000n) / whole) / 1000',
      'Number(((cost < 0n ? -cost : cost) * 1000n) / (2n * whole))',
      'Number(cost > whole)',
      'Number(id)',
      'Number("7")',
    ];
    expect(linesRefused(...lines)).toEqual([]);
  });
});
