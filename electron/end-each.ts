/**
 * Ends one part after the other, each also where one before it could not be ended: `failed` is told of every one of
 * those.
 */
export async function endEach(
  ends: readonly (() => unknown)[],
  failed: (error: unknown) => void,
): Promise<void> {
  for (const end of ends) {
    try {
      await end();
    } catch (error) {
      failed(error);
    }
  }
}
