import { Brain, ChevronRight, Hand, type LucideIcon, Wrench } from 'lucide-react';
import { memo, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerPart } from '../../../shared/run-view';
import { seconds } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { AnswerText } from './answer-text';
import { CodeText } from './code-text';
import { useNow } from './elapsed';

export interface AnswerPartsProps {
  parts: readonly AnswerPart[];
  growing: boolean;
  /** When the request left, in ms since 1970; null when the answer is over. */
  startedAt: number | null;
  /** How long the model thought before it spoke; null while it does, or where nobody knows. */
  thoughtMs: number | null;
}

/** The parts of an answer in the order they came; the last of a running one still grows. */
export function AnswerParts({ parts, growing, startedAt, thoughtMs }: AnswerPartsProps) {
  return parts.map((part, index) => (
    <Part
      // biome-ignore lint/suspicious/noArrayIndexKey: parts are only ever added at the end
      key={index}
      index={index}
      part={part}
      growing={growing && index === parts.length - 1}
      startedAt={index === 0 ? startedAt : null}
      thoughtMs={index === 0 ? thoughtMs : null}
    />
  ));
}

interface PartProps {
  part: AnswerPart;
  index: number;
  growing: boolean;
  startedAt: number | null;
  thoughtMs: number | null;
}

const Part = memo(function Part({ part, index, growing, startedAt, thoughtMs }: PartProps) {
  switch (part.kind) {
    case 'text':
      return <AnswerText text={part.text} part={index} growing={growing} />;
    case 'reasoning':
      return (
        <Reasoning text={part.text} growing={growing} since={startedAt} thoughtMs={thoughtMs} />
      );
    case 'refusal':
      return <Refusal text={part.text} index={index} growing={growing} />;
    case 'tool':
      return <ToolCall name={part.name} text={part.text} growing={growing} />;
  }
});

interface FoldProps {
  icon: LucideIcon;
  label: ReactNode;
  className: string;
  /** Open for as long as it grows, unless the reader decides otherwise. */
  growing: boolean;
  children: ReactNode;
}

/** A part that is not the answer itself: open while it arrives, folded behind one line afterwards. */
function Fold({ icon, label, className, growing, children }: FoldProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? growing;
  return (
    <section className={className}>
      <button
        type="button"
        className="part-fold"
        aria-expanded={open}
        onClick={() => setChosen(!open)}
      >
        <Icon icon={icon} small />
        {label}
        <Icon icon={ChevronRight} small className={open ? 'rotate-90' : ''} />
      </button>
      {open && children}
    </section>
  );
}

interface ReasoningProps {
  text: string;
  growing: boolean;
  since: number | null;
  thoughtMs: number | null;
}

function Reasoning({ text, growing, since, thoughtMs }: ReasoningProps) {
  const { t } = useTranslation();
  const over =
    thoughtMs === null
      ? t('chat.reasoning')
      : t('chat.thoughtFor', { time: seconds(thoughtMs, 0) });
  const label = growing && since !== null ? <ThinkingFor since={since} /> : over;
  return (
    <Fold
      icon={Brain}
      className="reasoning"
      label={growing && since === null ? t('chat.reasoningNow') : label}
      growing={growing}
    >
      <AnswerText text={text} growing={growing} />
    </Fold>
  );
}

function ThinkingFor({ since }: { since: number }) {
  const { t } = useTranslation();
  const time = seconds(Math.max(0, useNow(1000) - since), 0);
  return <span className="figures">{t('chat.thinkingFor', { time })}</span>;
}

function Refusal({ text, index, growing }: { text: string; index: number; growing: boolean }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2 className="part-label">
        <Icon icon={Hand} small />
        {t('chat.refused')}
      </h2>
      <AnswerText text={text} part={index} growing={growing} />
    </section>
  );
}

interface ToolCallProps {
  name: string | null;
  text: string;
  growing: boolean;
}

function ToolCall({ name, text, growing }: ToolCallProps) {
  const { t } = useTranslation();
  return (
    <Fold
      icon={Wrench}
      className="tool-call"
      label={name === null ? t('chat.toolCallUnnamed') : t('chat.toolCall', { name })}
      growing={growing}
    >
      <pre>
        <CodeText code={text} language="" growing={growing} />
      </pre>
      <p>{t('chat.toolCallNote')}</p>
    </Fold>
  );
}
