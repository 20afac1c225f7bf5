import { describe, expect, it } from 'vitest';
import { PageCrashes } from '../../../electron/shell/page-crashes';
import { messageId } from '../../../shared/ids';

const answer = (id: number) => messageId.parse(id);
const SECOND = 1000;

describe('after a crash of the page', () => {
  it('the page is shown again, and its answers as they were', () => {
    const crashes = new PageCrashes();
    expect(crashes.add(0, [answer(1)])).toBe('page');
    expect(crashes.plainAnswers).toEqual([]);
  });

  it('an answer that was open at two within a minute is shown as plain text', () => {
    const crashes = new PageCrashes();
    crashes.add(0, [answer(1), answer(2)]);
    expect(crashes.add(59 * SECOND, [answer(2), answer(3)])).toBe('page');
    expect(crashes.plainAnswers).toEqual([answer(2)]);
  });

  it('an answer is not suspected for crashes that lie further apart', () => {
    const crashes = new PageCrashes();
    for (let minute = 0; minute < 10; minute += 1) {
      expect(crashes.add(minute * 61 * SECOND, [answer(1)])).toBe('page');
    }
    expect(crashes.plainAnswers).toEqual([]);
  });

  it('words take the place of the page at the third within a minute, and nothing is tried after them', () => {
    const crashes = new PageCrashes();
    expect([0, 1, 2, 3, 4].map((at) => crashes.add(at * SECOND, []))).toEqual([
      'page',
      'page',
      'words',
      'nothing',
      'nothing',
    ]);
  });

  it('the page gets all its tries back once the user asks for it', () => {
    const crashes = new PageCrashes();
    for (const at of [0, 1, 2]) crashes.add(at * SECOND, [answer(1)]);
    crashes.tryAgain();
    expect(crashes.add(3 * SECOND, [answer(1)])).toBe('page');
    expect(crashes.plainAnswers).toEqual([answer(1)]);
  });
});
