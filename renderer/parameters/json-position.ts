/**
 * Where a text stops being JSON, as an index; its length when it ends too early; null when it is JSON.
 * The engine says so in words that differ between versions and often leave the place out.
 */
export function jsonErrorAt(text: string): number | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return new Scanner(text).firstError();
  }
}

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING_PART = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/uy;
const WORDS = ['true', 'false', 'null'];

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  firstError(): number {
    if (this.#value()) this.#skip(SPACE);
    return this.#at;
  }

  #skip(pattern: RegExp): number {
    pattern.lastIndex = this.#at;
    const length = pattern.exec(this.#text)?.[0].length ?? 0;
    this.#at += length;
    return length;
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #value(): boolean {
    this.#skip(SPACE);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#list('}', () => this.#member());
      case '[':
        return this.#list(']', () => this.#value());
      case '"':
        return this.#string();
      default:
        return this.#word() || this.#skip(NUMBER) > 0;
    }
  }

  #word(): boolean {
    const word = WORDS.find((one) => this.#text.startsWith(one, this.#at));
    this.#at += word?.length ?? 0;
    return word !== undefined;
  }

  #string(): boolean {
    if (!this.#take('"')) return false;
    this.#skip(STRING_PART);
    return this.#take('"');
  }

  #member(): boolean {
    this.#skip(SPACE);
    if (!this.#string()) return false;
    this.#skip(SPACE);
    return this.#take(':') && this.#value();
  }

  #list(end: string, item: () => boolean): boolean {
    this.#at += 1;
    this.#skip(SPACE);
    if (this.#take(end)) return true;
    do {
      if (!item()) return false;
      this.#skip(SPACE);
    } while (this.#take(','));
    return this.#take(end);
  }
}
