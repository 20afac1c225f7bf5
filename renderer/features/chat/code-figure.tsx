import { Check, Copy, Download, WrapText } from 'lucide-react';
import {
  type CSSProperties,
  memo,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
} from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/class-names';
import { IconButton } from '../../ui/icon-button';
import { codeFileName, LINES_SHOWN, lineCount } from './code-file';
import { CodeText, type CodeTextProps } from './code-text';
import { useKeptChoice } from './kept-choice';
import { useReading } from './reading';
import { saveText } from './save-text';
import { useCopy } from './use-copy';

export interface CodeFigureProps extends CodeTextProps {
  /** In the place of the code. */
  children?: ReactNode;
  /** At the left of the buttons. */
  aside?: ReactNode;
}

/** Code with its language and what can be done with it. */
export function CodeFigure({ code, language, growing, children, aside }: CodeFigureProps) {
  const { t } = useTranslation();
  const latest = useRef(code);
  useLayoutEffect(() => {
    latest.current = code;
  });
  return (
    <figure className="md-code" dir="ltr">
      <header>
        <span className="min-w-0 flex-1 truncate">
          {language === '' ? t('code.plain') : language}
        </span>
        {aside}
        <CodeActions code={latest} language={language} growing={growing} />
      </header>
      {children ?? <CodeLines code={code} language={language} growing={growing} />}
    </figure>
  );
}

interface LinesStyle extends CSSProperties {
  '--lines': number;
}

const LINES_STYLE: LinesStyle = { '--lines': LINES_SHOWN };

/** The code itself; a long one scrolls inside until the reader wants it whole. */
function CodeLines({ code, language, growing }: CodeTextProps) {
  const { t } = useTranslation();
  const [whole, setWhole] = useKeptChoice(growing ? null : `whole ${code}`);
  const wraps = useReading((state) => state.codeWraps);
  const lines = lineCount(code);
  const long = lines > LINES_SHOWN;
  return (
    <>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long code scrolls by keyboard too
        tabIndex={0}
        className={cx(wraps && 'code-wraps', long && !whole && 'code-scrolls')}
        data-growing={growing || undefined}
        style={LINES_STYLE}
      >
        <code>
          <CodeText code={code} language={language} growing={growing} />
        </code>
      </pre>
      {long && !growing && (
        <button type="button" className="code-more" onClick={() => setWhole(!whole)}>
          {whole ? t('code.showLess') : t('code.showAll', { count: lines })}
        </button>
      )}
    </>
  );
}

interface CodeActionsProps {
  /** Read when it is wanted, so that no word that arrives draws the buttons anew. */
  code: RefObject<string>;
  language: string;
  growing: boolean;
}

const CodeActions = memo(function CodeActions({ code, language, growing }: CodeActionsProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const wraps = useReading((state) => state.codeWraps);
  const wrapCode = useReading((state) => state.wrapCode);
  return (
    <span className="code-actions">
      <IconButton
        label={t('code.wrap')}
        icon={WrapText}
        small
        aria-pressed={wraps}
        onClick={() => wrapCode(!wraps)}
      />
      <IconButton
        label={t('code.save')}
        icon={Download}
        small
        disabled={growing}
        onClick={() => void saveText(codeFileName(language, t('code.fileName')), code.current, t)}
      />
      <IconButton
        label={copied ? t('chat.copied') : t('code.copy')}
        icon={copied ? Check : Copy}
        small
        onClick={() => copy(code.current.replace(/\n$/, ''))}
      />
    </span>
  );
});
