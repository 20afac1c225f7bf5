import { numberSource } from '../hash';

const WHOLE = 0x1_0000_0000;

/** Dice that fall the same way for the same seed. */
export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = numberSource(seed);
  }

  /** From 0 to below 1. */
  share(): number {
    return this.#next() / WHOLE;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  /** Whether something happens that happens so often: 0 never, 1 always. */
  happens(often: number): boolean {
    return this.share() < often;
  }

  /** One of a list, which must not be empty. */
  pick<T>(list: readonly T[]): T {
    return this.weighted(list, () => 1);
  }

  /** One of a list, each as likely as its weight; the list must not be empty. */
  weighted<T>(list: readonly T[], weight: (one: T) => number): T {
    const sum = list.reduce((total, one) => total + weight(one), 0);
    let left = this.share() * sum;
    for (const one of list) {
      left -= weight(one);
      if (left < 0) return one;
    }
    const last = list.at(-1);
    if (last === undefined) throw new Error('nothing to choose from');
    return last;
  }

  /** A copy in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    return list
      .map((one) => ({ one, place: this.share() }))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one);
  }
}
