import { memo, useLayoutEffect, useRef } from 'react';
import { cx } from '../../ui/class-names';
import { BlocksContext } from './block-context';
import { BlockGroup } from './block-group';
import { useSplit } from './use-split';

export interface AnswerTextProps {
  text: string;
  /** More of it is on the way. */
  growing: boolean;
  /** Keeps line breaks as they were typed. */
  typed?: boolean;
  /** Which part of its message it is; left out for what is not searched. */
  part?: number;
}

/** Groups at the end that are drawn at once when much of a text comes at once, and one at its start. */
const AT_ONCE = 2;

/** Markdown, drawn block by block; what has settled is not touched again. */
export const AnswerText = memo(function AnswerText({
  text,
  growing,
  typed = false,
  part,
}: AnswerTextProps) {
  const groups = useSplit(text);
  const latest = useRef(groups);
  useLayoutEffect(() => {
    latest.current = groups;
  });
  return (
    <BlocksContext value={latest}>
      <div
        className={cx('prose', typed && 'prose-typed', growing && 'prose-growing')}
        data-part={part}
      >
        {groups.map((blocks, index) => {
          const last = index === groups.length - 1;
          return (
            <BlockGroup
              // biome-ignore lint/suspicious/noArrayIndexKey: groups are only ever added at the end
              key={index}
              blocks={blocks}
              growing={growing && last}
              shown={index === 0 || index >= groups.length - AT_ONCE}
            />
          );
        })}
      </div>
    </BlocksContext>
  );
});
