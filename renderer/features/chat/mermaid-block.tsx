import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../../ui/segmented';
import { CodeFigure } from './code-figure';
import type { CodeTextProps } from './code-text';
import { useKeptChoice } from './kept-choice';
import { useThemeName } from './use-theme-name';
import { useVisible } from './use-visible';

/** A drawing library is large; it comes with the first diagram that is complete and seen. */
const load = () => import('./mermaid');

type Drawing =
  | { readonly state: 'waiting' }
  | { readonly state: 'failed' }
  | { readonly state: 'drawn'; readonly svg: string };

const WAITING: Drawing = { state: 'waiting' };

/** A diagram with its source behind it; only the source while it arrives or where it cannot be drawn. */
export function MermaidBlock({ code, language, growing }: CodeTextProps) {
  const { t } = useTranslation();
  const [asSource, showSource] = useKeptChoice(growing ? null : `source ${code}`);
  const place = useRef<HTMLDivElement>(null);
  const visible = useVisible(place, !growing);
  const drawing = useDrawing(code, visible && !growing);
  const drawable = !growing && drawing.state !== 'failed';
  return (
    <div ref={place}>
      <CodeFigure
        code={code}
        language={language}
        growing={growing}
        aside={
          drawable && (
            <Segmented
              label={t('code.shownAs')}
              value={asSource ? 'source' : 'diagram'}
              onChange={(chosen) => showSource(chosen === 'source')}
              segments={[
                { value: 'diagram', label: t('code.diagram') },
                { value: 'source', label: t('code.source') },
              ]}
            />
          )
        }
      >
        {drawable && drawing.state === 'drawn' && !asSource ? (
          <div
            className="md-diagram"
            role="img"
            aria-label={t('code.diagram')}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn from text that is cleaned in strict mode
            dangerouslySetInnerHTML={{ __html: drawing.svg }}
          />
        ) : undefined}
      </CodeFigure>
      {!growing && drawing.state === 'failed' && (
        <p className="md-note">{t('code.diagramFailed')}</p>
      )}
    </div>
  );
}

function useDrawing(source: string, wanted: boolean): Drawing {
  const theme = useThemeName();
  const [drawing, setDrawing] = useState(WAITING);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    const show = (next: Drawing) => {
      if (!gone) setDrawing(next);
    };
    load()
      .then(({ drawDiagram }) => drawDiagram(source, theme))
      .then(
        (svg) => show({ state: 'drawn', svg }),
        () => show({ state: 'failed' }),
      );
    return () => {
      gone = true;
    };
  }, [source, theme, wanted]);
  return drawing;
}
