import { ChevronRight, Hand, Wrench } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerPart } from '../../../shared/run-view';
import { Icon } from '../../ui/icon';
import { AnswerText } from './answer-text';

/** The parts of an answer in the order they came; the last of a running one still grows. */
export function AnswerParts({
  parts,
  growing,
}: {
  parts: readonly AnswerPart[];
  growing: boolean;
}) {
  return parts.map((part, index) => (
    <Part
      // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added at the end
      key={index}
      part={part}
      growing={growing && index === parts.length - 1}
    />
  ));
}

const Part = memo(function Part({ part, growing }: { part: AnswerPart; growing: boolean }) {
  switch (part.kind) {
    case 'text':
      return <AnswerText text={part.text} growing={growing} />;
    case 'reasoning':
      return <Reasoning text={part.text} growing={growing} />;
    case 'refusal':
      return <Refusal text={part.text} growing={growing} />;
    case 'tool':
      return <ToolCall name={part.name} text={part.text} />;
  }
});

/** Open while the model thinks, closed once it speaks, unless the reader decided otherwise. */
function Reasoning({ text, growing }: { text: string; growing: boolean }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? growing;
  return (
    <section className="reasoning">
      <button type="button" aria-expanded={open} onClick={() => setChosen(!open)}>
        <Icon icon={ChevronRight} small className={open ? 'rotate-90' : ''} />
        {growing ? t('chat.reasoningNow') : t('chat.reasoning')}
      </button>
      {open && <AnswerText text={text} growing={growing} />}
    </section>
  );
}

function Refusal({ text, growing }: { text: string; growing: boolean }) {
  const { t } = useTranslation();
  return (
    <section>
      <h4 className="part-label">
        <Icon icon={Hand} small />
        {t('chat.refused')}
      </h4>
      <AnswerText text={text} growing={growing} />
    </section>
  );
}

function ToolCall({ name, text }: { name: string | null; text: string }) {
  const { t } = useTranslation();
  return (
    <section className="tool-call">
      <h4 className="part-label">
        <Icon icon={Wrench} small />
        {name === null ? t('chat.toolCallUnnamed') : t('chat.toolCall', { name })}
      </h4>
      <pre>{text}</pre>
      <p>{t('chat.toolCallNote')}</p>
    </section>
  );
}
