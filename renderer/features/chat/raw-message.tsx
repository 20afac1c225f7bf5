import { useTranslation } from 'react-i18next';

const PIECE = 4000;

/** A message as it was written. In pieces, so that those out of sight are no work. */
export function RawMessage({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <section className="raw-message" aria-label={t('chat.rawText')} data-part={0}>
      {piecesOf(text).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other identity
        <pre key={index} dir="auto">
          {piece}
        </pre>
      ))}
    </section>
  );
}

/** Cut after line breaks, which the borders between the pieces stand for. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf('\n', start + PIECE);
    const last = end === -1 || end === text.length - 1;
    pieces.push(text.slice(start, last ? text.length : end));
    start = last ? text.length : end + 1;
  }
  return pieces;
}
