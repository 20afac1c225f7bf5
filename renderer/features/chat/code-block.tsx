import { Check, Copy } from 'lucide-react';
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/icon-button';
import { CODE_START, codePages, pagesOf } from './code-pages';
import { type HighlightedLine, useHighlight } from './highlight';
import { useCopy } from './use-copy';

export interface CodeBlockProps {
  code: string;
  language: string;
  /** More of it is on the way: it is shown without colours until it is complete. */
  growing: boolean;
}

/** Code with its language and a way to copy it. */
export const CodeBlock = memo(function CodeBlock({ code, language, growing }: CodeBlockProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <figure className="md-code">
      <header>
        <span className="min-w-0 truncate">{language === '' ? t('chat.code') : language}</span>
        <IconButton
          label={copied ? t('chat.copied') : t('chat.copyCode')}
          icon={copied ? Check : Copy}
          small
          className="text-text-3"
          onClick={() => copy(code.replace(/\n$/, ''))}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll by keyboard too */}
      <pre tabIndex={0}>
        <code>
          <CodeText code={code} language={language} growing={growing} />
        </code>
      </pre>
    </figure>
  );
});

function CodeText({ code, language, growing }: CodeBlockProps) {
  const lines = useHighlight(code, language, !growing);
  const pages = useRef(CODE_START);
  if (lines) {
    return pagesOf(lines).map((page, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pages of a text have no other identity
      <ColouredPage key={index} lines={page} />
    ));
  }
  pages.current = codePages(pages.current, code);
  return (
    <>
      {pages.current.full.map((page, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages are only ever added at the end
        <PlainPage key={index} text={page} />
      ))}
      <span className="code-rest block">{pages.current.rest.replace(/\n$/, '')}</span>
    </>
  );
}

const PlainPage = memo(function PlainPage({ text }: { text: string }) {
  return <span className="block">{text}</span>;
});

const ColouredPage = memo(function ColouredPage({ lines }: { lines: readonly HighlightedLine[] }) {
  return (
    <span className="block">
      {lines.map((line, index) => [
        index === 0 ? null : '\n',
        ...line.map(([kind, text], at) =>
          kind === '' ? (
            text
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: words of a line have no other identity
            <span key={`${index}.${at}`} className={kind}>
              {text}
            </span>
          ),
        ),
      ])}
    </span>
  );
});
