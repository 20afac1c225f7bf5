/** A bar of a chart of stacked bars. */
export interface StackedBar {
  readonly key: string;
  /** Below the bar. */
  readonly label: string;
  /** What it is, in full: its accessible name. */
  readonly name: string;
  /** One amount a series, the first at the bottom. */
  readonly parts: readonly bigint[];
  /** How many amounts nobody knows. */
  readonly unknown: number;
  readonly time: 'past' | 'now' | 'coming';
}
