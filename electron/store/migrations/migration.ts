/**
 * One step of the schema. Frozen once released: it holds its own text and calls no code that could
 * change under it. Numbers go in tens, so that a repair fits between.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
