import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PageCrashes } from '../../../electron/shell/page-crashes';
import { messageId } from '../../../shared/ids';

const answer = (id: number) => messageId.parse(id);
const SECOND = 1000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] }));
afterEach(() => void vi.useRealTimers());

const pass = (seconds: number) => void vi.advanceTimersByTime(seconds * SECOND);

describe('after a crash of the page', () => {
  it('the page is shown again, and its answers as they were', () => {
    const crashes = new PageCrashes();
    expect(crashes.add([answer(1)])).toBe('page');
    expect(crashes.plainAnswers).toEqual([]);
  });

  it('an answer that was open at two within a minute is shown as plain text', () => {
    const crashes = new PageCrashes();
    crashes.add([answer(1), answer(2)]);
    pass(59);
    expect(crashes.add([answer(2), answer(3)])).toBe('page');
    expect(crashes.plainAnswers).toEqual([answer(2)]);
  });

  it('an answer is not suspected for crashes that lie further apart', () => {
    const crashes = new PageCrashes();
    for (let minute = 0; minute < 10; minute += 1) {
      expect(crashes.add([answer(1)])).toBe('page');
      pass(61);
    }
    expect(crashes.plainAnswers).toEqual([]);
  });

  it('words take the place of the page at the third within a minute, and nothing is tried after them', () => {
    const crashes = new PageCrashes();
    const then = [0, 1, 2, 3, 4].map(() => {
      pass(1);
      return crashes.add([]);
    });
    expect(then).toEqual(['page', 'page', 'words', 'nothing', 'nothing']);
  });

  it('a clock that is set back does not bring crashes together that lie further apart', () => {
    const crashes = new PageCrashes();
    for (let minute = 0; minute < 4; minute += 1) {
      expect(crashes.add([answer(1)])).toBe('page');
      pass(61);
      vi.setSystemTime(Date.now() - 3_600 * SECOND);
    }
    expect(crashes.plainAnswers).toEqual([]);
  });

  it('the page gets all its tries back once the user asks for it', () => {
    const crashes = new PageCrashes();
    for (let crash = 0; crash < 3; crash += 1) crashes.add([answer(1)]);
    crashes.tryAgain();
    expect(crashes.add([answer(1)])).toBe('page');
    expect(crashes.plainAnswers).toEqual([answer(1)]);
  });
});
