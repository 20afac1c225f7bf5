import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Block } from './block';
import { isBlank } from './block-lines';

/** The part of a very long text that is not read as Markdown. */
export const PlainBlock = memo(function PlainBlock({ block }: { block: Block }) {
  const { t } = useTranslation();
  return (
    <>
      {!block.continued && (
        <div className="answer-block">
          <p className="md-note">{t('chat.restAsWritten')}</p>
        </div>
      )}
      {!isBlank(block.source) && <AsWritten block={block} />}
    </>
  );
});

/** A block without any reading of its marks. */
export function AsWritten({ block: { source, continued } }: { block: Block }) {
  return (
    <div className="answer-block as-written" dir="auto" data-continued={continued || undefined}>
      {source}
    </div>
  );
}
