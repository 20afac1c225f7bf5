import { type CSSProperties, memo, useLayoutEffect, useRef, useState } from 'react';
import type { Block } from './block';
import { estimatedHeight } from './block-height';
import { CodeBlock } from './code-block';
import { whenLaidOut } from './drawn-height';
import { MarkdownBlock } from './markdown-block';
import { PlainBlock } from './plain-block';
import { whenNear } from './when-near';

interface BlockGroupProps {
  blocks: readonly Block[];
  growing: boolean;
  /** Is drawn at once rather than when it comes near the visible part. */
  shown: boolean;
}

/** How high groups were when they were last drawn. */
const heights = new WeakMap<readonly Block[], number>();

/**
 * Some blocks of an answer. Far from the visible part a group of a text just opened is only a space
 * of about its height; once drawn it stays, and the browser skips it while it is out of sight.
 */
export const BlockGroup = memo(function BlockGroup({ blocks, growing, shown }: BlockGroupProps) {
  const element = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(shown);
  const [height, setHeight] = useState<number | null>(null);
  const spaceBefore = useRef<number | null>(null);

  useLayoutEffect(() => {
    const group = element.current;
    if (near || !group) return;
    return whenNear(group, () => {
      spaceBefore.current = group.offsetHeight;
      setNear(true);
    });
  }, [near]);

  useLayoutEffect(() => {
    const group = element.current;
    if (!near || !group) return;
    if (spaceBefore.current !== null) holdStill(group, spaceBefore.current);
    spaceBefore.current = null;
    if (growing) return;
    const stop = whenLaidOut(group, (laidOut) => {
      stop();
      heights.set(blocks, laidOut);
      setHeight(laidOut);
    });
    return stop;
  }, [near, growing, blocks]);

  if (!near) {
    return <div ref={element} style={{ height: heights.get(blocks) ?? estimatedHeight(blocks) }} />;
  }
  return (
    <div ref={element} className="block-group" style={skippable(height, growing)}>
      {blocks.map((block, index) => {
        const open = growing && index === blocks.length - 1;
        const Kind = KINDS[block.kind];
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
        return <Kind key={index} block={block} growing={open} />;
      })}
    </div>
  );
});

const CodeOf = memo(function CodeOf({ block, growing }: { block: Block; growing: boolean }) {
  const code = block.source.slice(block.codeStart, block.codeEnd);
  return (
    <div className="answer-block" data-continued={block.continued || undefined}>
      <CodeBlock code={code} language={block.language} growing={growing} />
    </div>
  );
});

const KINDS = { code: CodeOf, markdown: MarkdownBlock, plain: PlainBlock };

function skippable(height: number | null, growing: boolean): CSSProperties {
  if (growing || height === null) return {};
  return { contentVisibility: 'auto', containIntrinsicBlockSize: `auto ${height}px` };
}

/** Keeps what is visible in its place when a group above it turns out higher or lower than thought. */
function holdStill(group: HTMLElement, before: number): void {
  const scroller = group.closest<HTMLElement>('[data-thread]');
  if (!scroller) return;
  const top = group.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  if (top + before <= 0) scroller.scrollTop += group.offsetHeight - before;
}
