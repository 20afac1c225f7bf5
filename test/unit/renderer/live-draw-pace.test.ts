import { describe, expect, it } from 'vitest';
import { drawPace } from '../../../renderer/live/draw-pace';

/** A window with a frame every 16 ms, in which each drawing takes as long as it is told. */
class FakeWindow {
  time = 0;
  cost = 0;
  #before: (() => void)[] = [];
  #after: (() => void)[] = [];

  now = () => this.time;
  beforeFrame = (callback: () => void) => void this.#before.push(callback);
  afterFrame = (callback: () => void) => void this.#after.push(callback);

  frame(): void {
    const before = this.#before.splice(0);
    for (const callback of before) callback();
    const after = this.#after.splice(0);
    if (after.length > 0) this.time += this.cost;
    for (const callback of after) callback();
    this.time = (Math.floor(this.time / 16) + 1) * 16;
  }
}

/** When something was drawn within so many milliseconds in which there was always something to draw. */
function drawnAt(cost: number, until: number): number[] {
  const window = new FakeWindow();
  window.cost = cost;
  const schedule = drawPace(window);
  const times: number[] = [];
  const again = () => {
    times.push(window.time);
    schedule(again);
  };
  schedule(again);
  while (window.time < until) window.frame();
  return times;
}

describe('the pace of drawing answers', () => {
  it('draws the first of an answer before the next frame', () => {
    expect(drawnAt(1, 16)).toEqual([0]);
  });

  it('draws no more than 25 times a second where drawing costs little', () => {
    const times = drawnAt(1, 1000);
    expect(times.length).toBeGreaterThan(18);
    expect(times.length).toBeLessThanOrEqual(25);
  });

  it('takes a quarter of the time where drawing costs much', () => {
    const times = drawnAt(30, 6000);
    expect(times.length * 30).toBeLessThanOrEqual(6000 / 4 + 30);
    expect(times.length * 30).toBeGreaterThan(6000 / 6);
  });

  it('goes on drawing four times a second however much it costs', () => {
    expect(drawnAt(200, 6000).length).toBeGreaterThan(20);
  });
});
