const MS_A_DAY = 86_400_000;

/**
 * Clocks of the world change on a quarter of an hour, so an offset holds for one and is looked up once
 * for all moments in it: asking for it costs more than the rest of a line of a file.
 */
const STEADY_MS = 900_000;

const TWO = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, value) => String(value).padStart(3, '0'));

/** Writes moments (ms since 1970) as ISO 8601, in UTC and on the clock of a time zone. */
export class IsoTimes {
  readonly #zone: Intl.DateTimeFormat;
  #day = Number.NaN;
  #date = '';
  #steady = Number.NaN;
  #offset = { ms: 0, text: '+00:00' };

  constructor(timeZone: string) {
    this.#zone = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  }

  /** `2025-11-22T13:02:07.123Z` */
  utc(ms: number): string {
    return `${this.#written(ms)}Z`;
  }

  /** `2025-11-22T14:02:07.123+01:00` */
  local(ms: number): string {
    const steady = Math.floor(ms / STEADY_MS);
    if (steady !== this.#steady) {
      this.#steady = steady;
      this.#offset = this.#offsetAt(ms);
    }
    return this.#written(ms + this.#offset.ms) + this.#offset.text;
  }

  #written(ms: number): string {
    const day = Math.floor(ms / MS_A_DAY);
    if (day !== this.#day) {
      this.#day = day;
      this.#date = new Date(day * MS_A_DAY).toISOString().slice(0, -13);
    }
    const rest = ms - day * MS_A_DAY;
    const seconds = Math.floor(rest / 1000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    return `${this.#date}${TWO[hours]}:${TWO[minutes - hours * 60]}:${TWO[seconds - minutes * 60]}.${THREE[rest - seconds * 1000]}`;
  }

  #offsetAt(ms: number): { ms: number; text: string } {
    const named = this.#zone.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign = '+', hours = '00', minutes = '00'] =
      /([+-])(\d\d):(\d\d)/.exec(named ?? '') ?? [];
    const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return { ms: sign === '-' ? -size : size, text: `${sign}${hours}:${minutes}` };
  }
}
