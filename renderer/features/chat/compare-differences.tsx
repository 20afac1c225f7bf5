import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/conversation';
import type { MessageId } from '../../../shared/ids';
import { answerText } from '../../../shared/run-view';
import { Select } from '../../ui/select';
import { plainText } from './plain-text';
import { useWordDiff } from './use-word-diff';
import type { DiffSpan } from './word-diff';

export interface ComparedAnswer {
  readonly answer: Message;
  readonly name: string;
}

/** Two of the answers word by word: what each says that the other does not. */
export function CompareDifferences({ answers }: { answers: readonly ComparedAnswer[] }) {
  const { t } = useTranslation();
  const [chosen, choose] = useState<readonly (MessageId | undefined)[]>([]);
  const first = answers.find(({ answer }) => answer.id === chosen[0]) ?? answers[0];
  const second =
    answers.find(({ answer }) => answer.id === chosen[1]) ??
    answers.find((one) => one !== first) ??
    first;
  if (!first || !second) return null;
  const others = (not: ComparedAnswer) =>
    answers.flatMap((one) =>
      one === not ? [] : [{ value: String(one.answer.id), label: one.name }],
    );
  const idOf = (value: string) =>
    answers.find(({ answer }) => String(answer.id) === value)?.answer.id;
  return (
    <section className="compare-differences" aria-label={t('compare.differences')}>
      <div className="compare-sides">
        <Select
          label={t('compare.firstAnswer')}
          value={String(first.answer.id)}
          options={others(second)}
          onChange={(value) => choose([idOf(value), second.answer.id])}
        />
        <Select
          label={t('compare.secondAnswer')}
          value={String(second.answer.id)}
          options={others(first)}
          onChange={(value) => choose([first.answer.id, idOf(value)])}
        />
      </div>
      <Differences first={first.answer} second={second.answer} />
    </section>
  );
}

interface DifferencesProps {
  first: Message;
  second: Message;
}

/** Drawn anew for other answers only, not with each word of one that still arrives. */
const Differences = memo(function Differences({ first, second }: DifferencesProps) {
  const { t } = useTranslation();
  const [one, other] = [plainText(answerText(first.parts)), plainText(answerText(second.parts))];
  const result = useWordDiff(one, other);
  if (result.state === 'comparing') return <p className="compare-said">{t('compare.comparing')}</p>;
  if (result.state === 'failed') return <p className="compare-said">{t('compare.tooDifferent')}</p>;
  const { diff } = result;
  return (
    <>
      <p role="status" className="compare-said">
        {diff.places === 0 ? t('compare.same') : t('compare.differAbout', { count: diff.places })}
      </p>
      <div className="compare-sides compare-words" data-thread>
        <Words spans={diff.first} label={t('compare.removedWords')} />
        <Words spans={diff.second} label={t('compare.addedWords')} />
      </div>
    </>
  );
});

interface WordsProps {
  spans: readonly DiffSpan[];
  /** What is marked, for those who do not see the mark. */
  label: string;
}

const Words = memo(function Words({ spans, label }: WordsProps) {
  return (
    <p className="prose">
      {spans.map(({ text, differs }, index) =>
        differs ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a text have no other identity
          <mark key={index} title={label}>
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </p>
  );
});
