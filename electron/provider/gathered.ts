/**
 * Bytes gathered from many pieces. A server can cut a body into single bytes, and an object for each of
 * them would take a hundred times their room.
 */
export class Gathered {
  #bytes: Buffer = Buffer.alloc(0);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: Uint8Array): void {
    const length = this.#length + piece.length;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, 2 * this.#length, 4096));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = length;
  }

  /** What was gathered; valid until more is added. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** As text, without a byte order mark. */
  text(): string {
    return this.bytes()
      .toString('utf8')
      .replace(/^\uFEFF/, '');
  }
}
