import { useTranslation } from 'react-i18next';
import { CODE_START, codePages } from './code-pages';

/** A message as it was written. In pieces, so that those out of sight are no work. */
export function RawMessage({ text }: { text: string }) {
  const { t } = useTranslation();
  const { full, rest } = codePages(CODE_START, text);
  return (
    <section className="raw-message" aria-label={t('chat.rawText')} data-part={0}>
      {[...full, rest].map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other identity
        <pre key={index} dir="auto">
          {piece}
        </pre>
      ))}
    </section>
  );
}
