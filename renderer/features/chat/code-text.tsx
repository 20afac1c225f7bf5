import { type CSSProperties, memo, useRef } from 'react';
import { CODE_START, codePages, pagesOf } from './code-pages';
import { type HighlightedLine, useHighlight } from './highlight';

/** A code of more characters is laid out as it comes into sight. */
const LAID_OUT_AT_ONCE = 100_000;

export interface CodeTextProps {
  code: string;
  language: string;
  /** Is shown without colours until it is complete. */
  growing: boolean;
}

/** The words of a code, coloured once it is complete. */
export function CodeText({ code, language, growing }: CodeTextProps) {
  const lines = useHighlight(code, language, !growing);
  const pages = useRef(CODE_START);
  if (lines) {
    return pagesOf(lines).map((page, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pages of a text have no other identity
      <ColouredPage key={index} lines={page} />
    ));
  }
  pages.current = codePages(pages.current, code);
  const skips = code.length > LAID_OUT_AT_ONCE;
  return (
    <>
      {pages.current.full.map((page, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pages are only ever added at the end
        <PlainPage key={index} text={page} skips={skips} />
      ))}
      <span className="code-rest block">{pages.current.rest.replace(/\n$/, '')}</span>
    </>
  );
}

const PlainPage = memo(function PlainPage({ text, skips }: { text: string; skips: boolean }) {
  const shown = text.replace(/\n$/, '');
  return (
    <span className="block" style={skips ? skippable(shown) : undefined}>
      {shown}
    </span>
  );
});

/** Out of sight it is not laid out, and counts as large as its lines are. */
function skippable(text: string): CSSProperties {
  const lines = text.split('\n');
  const longest = lines.reduce((most, { length }) => Math.max(most, length), 0);
  return {
    contentVisibility: 'auto',
    containIntrinsicSize: `auto ${longest}ch auto ${lines.length}lh`,
  };
}

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
