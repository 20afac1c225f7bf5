/** Characters of Latin text that make up a token, about. */
const LATIN_PER_TOKEN = 4;

/** What one image costs in tokens at OpenAI, for a picture of a million pixels in detail. */
export const IMAGE_TOKENS = 765;

/** What a message takes beside its words: its role and its frame. */
export const MESSAGE_TOKENS = 4;

/**
 * About how many tokens a text has: four characters of Latin script make one, a character of most other
 * scripts is one by itself. Only ever an estimate; it must be shown as one.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x2e7f) wide += 1;
  return wide + Math.ceil((text.length - wide) / LATIN_PER_TOKEN);
}
