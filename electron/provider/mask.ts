/** What stands in the place of a secret. */
export const MASK = '•••';

/** Shorter ones stand in too many words that say nothing of them. */
const SHORTEST = 4;

/** So many of its characters tell something of a secret that was cut off. */
const TELLING = 8;

/**
 * A text without the secrets in it, in whatever form a server may give them back: as they are, in JSON, in
 * an address, in base64. One that the end of the text cuts off is taken out too.
 */
export function masked(text: string, secrets: readonly string[]): string {
  const forms = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(formsOf);
  // The longest first: one may be part of another.
  forms.sort((one, other) => other.length - one.length);
  const whole = forms.reduce((shown, form) => shown.replaceAll(form, MASK), text);
  const cut = Math.max(0, ...forms.map((form) => cutOff(whole, form)));
  return cut === 0 ? whole : whole.slice(0, -cut) + MASK;
}

function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    ...new Set([
      secret,
      inJson,
      inJson.replaceAll('/', '\\/'),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64'),
    ]),
  ];
}

/** How many characters at the end of a text are the beginning of a secret; 0 for too few to tell. */
function cutOff(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length >= TELLING; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
