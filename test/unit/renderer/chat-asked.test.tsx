import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type AskedModels,
  askedModels,
  targetsOf,
} from '../../../renderer/features/chat/asked-models';
import { countedValues, multiplierOf } from '../../../renderer/features/chat/cost-multiplier';
import { turnEstimate, turnOf } from '../../../renderer/features/chat/next-turn';
import { useMultiplierText } from '../../../renderer/features/chat/use-multiplier-text';
import { startTexts } from '../../../renderer/locales/i18n';
import type { Learned } from '../../../shared/contract/connection';
import { NO_RECORD } from '../../../shared/estimate';
import { connectionId } from '../../../shared/ids';
import { nano } from '../../../shared/money';
import type { ParameterValues } from '../../../shared/parameters';

beforeAll(startTexts);

const one = connectionId.parse(1);
const side = (others: string[]) => ({ others, mode: 'side' as const });

describe('whom a message goes to', () => {
  it('is the model of the conversation, then what was added, each once and five at most', () => {
    expect(askedModels('a', undefined, 'apipie')).toEqual({ models: ['a'], mode: 'side' });
    expect(askedModels('a', side(['b', 'a', 'b', 'c']), 'openai').models).toEqual(['a', 'b', 'c']);
    expect(askedModels('a', side(['b', 'c', 'd', 'e', 'f']), 'apipie').models).toHaveLength(5);
    expect(askedModels(null, side(['b']), 'apipie').models).toEqual([]);
  });

  it('is a request each side by side, and one request in a super query', () => {
    const chosen = { others: ['b', 'c'], mode: 'super' as const };
    expect(targetsOf(one, askedModels('a', side(['b']), 'apipie'))).toEqual([
      { connectionId: one, model: 'a' },
      { connectionId: one, model: 'b' },
    ]);
    expect(targetsOf(one, askedModels('a', chosen, 'apipie'))).toEqual([
      { connectionId: one, model: 'a,b,c' },
    ]);
  });

  it('is never a super query where the server has none, nor with a single model', () => {
    const chosen = { others: ['b'], mode: 'super' as const };
    expect(askedModels('a', chosen, 'openai').mode).toBe('side');
    expect(askedModels('a', { others: [], mode: 'super' }, 'apipie').mode).toBe('side');
  });

  it('takes up the super query that a conversation ended with, until it is changed', () => {
    expect(askedModels('a,b', undefined, 'apipie')).toEqual({ models: ['a', 'b'], mode: 'super' });
    expect(askedModels('a,b', side([]), 'apipie')).toEqual({ models: ['a'], mode: 'side' });
  });
});

describe('what a message multiplies', () => {
  const asked = (models: string[]) => ({ models, mode: 'side' as const });
  const words = (models: string[], values: ParameterValues, profile: 'apipie' | 'openai') => {
    function Words() {
      const { short, sentence, explained } = useMultiplierText();
      const multiplier = multiplierOf(asked(models), values, profile, []);
      return [short(multiplier), sentence(multiplier), ...explained(multiplier)].join(' | ');
    }
    return renderToStaticMarkup(<Words />);
  };

  it('is said when it is not one, with its factors when there are several', () => {
    expect(words(['a'], {}, 'apipie')).toBe(' | Each question costs one answer.');
    expect(words(['a', 'b', 'c'], {}, 'apipie')).toMatch(/^3 answers \| /);
    expect(words(['a', 'b', 'c'], { integrity: 12 }, 'apipie')).toMatch(
      /^6 answers \(3 models × 2 votes\) \| /,
    );
    expect(words(['a'], { n: 3, integrity: 12 }, 'apipie')).toContain(
      '3 answers × 2 votes: each question costs 6 answers.',
    );
  });

  it('leaves out what is not sent', () => {
    expect(multiplierOf(asked(['a']), { n: 2, integrity: 13 }, 'openai', []).total).toBe(2);
    expect(multiplierOf(asked(['a', 'b']), { n: 5, integrity: 13 }, 'apipie', []).total).toBe(30);
    const adaptation = { action: 'leave_out', field: 'n' } as const;
    const learned = [{ model: 'a', adaptation }];
    expect(multiplierOf(asked(['a']), { n: 4 }, 'openai', learned).total).toBe(1);
    expect(multiplierOf(asked(['a', 'b']), { n: 4 }, 'openai', learned).total).toBe(8);
  });

  it('explains each factor', () => {
    expect(words(['a', 'b'], { integrity: 13 }, 'apipie')).toContain(
      '2 models answer, and each is paid for. | Integrity takes 3 answers to vote on each.',
    );
  });
});

describe('about what a message costs', () => {
  const priced = { ...NO_RECORD, prices: { input: nano(0n), output: nano(1_000_000n) } };
  const source = { record: { ...priced, reply: { low: 100, high: 200 } }, offers: [] };
  const outputs = (
    asked: AskedModels,
    values: ParameterValues,
    profile: 'apipie' | 'openai',
    learned: readonly Learned[],
  ) => {
    const turn = turnOf({
      sources: asked.models.map(() => source),
      multiplier: multiplierOf(asked, values, profile, learned),
      counted: countedValues(asked, values, profile, learned),
    });
    const estimate = turnEstimate(turn, 0);
    return estimate && [estimate.low, estimate.high];
  };
  const leaveOut = { action: 'leave_out', field: 'max_tokens' } as const;

  it('does not end at a limit that the server refuses for the model', () => {
    const limited = { max_tokens: 10 };
    const learned = [{ model: 'a', adaptation: leaveOut }];
    const side = (models: string[]) => ({ models, mode: 'side' as const });
    expect(outputs(side(['a']), limited, 'openai', [])).toEqual([10n, 10n]);
    expect(outputs(side(['a']), limited, 'openai', learned)).toEqual([100n, 200n]);
    expect(outputs(side(['a', 'b']), limited, 'openai', learned)).toEqual([110n, 210n]);
  });

  it('ends at a limit that goes out under another name', () => {
    const learned: Learned[] = [
      {
        model: null,
        adaptation: { action: 'rename', field: 'max_tokens', to: 'max_completion_tokens' },
      },
    ];
    const asked = { models: ['a'], mode: 'side' as const };
    expect(outputs(asked, { max_tokens: 10 }, 'openai', learned)).toEqual([10n, 10n]);
  });

  it('takes of a super query what was learned of all its models together', () => {
    const asked = { models: ['a', 'b'], mode: 'super' as const };
    const lesson = (model: string) => [{ model, adaptation: leaveOut }];
    expect(outputs(asked, { max_tokens: 10 }, 'apipie', lesson('a'))).toEqual([20n, 20n]);
    expect(outputs(asked, { max_tokens: 10 }, 'apipie', lesson('a,b'))).toEqual([200n, 400n]);
  });
});
