/**
 * An amount as OpenTelemetry's libraries take it. They know no bigint, but write a whole number as it
 * is, digit by digit: below 2⁵³ (nine million dollars) none is lost. Throws a `RangeError` above.
 */
export function integerOf(amount: bigint): number {
  const number = Number(amount);
  if (!Number.isSafeInteger(number)) throw new RangeError('too large to be sent exactly');
  return number;
}
