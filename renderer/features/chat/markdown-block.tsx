import { memo } from 'react';
import { Streamdown } from 'streamdown';
import { isTooDeep } from '../../../shared/deep-markdown';
import type { Block } from './block';
import { BlockContext } from './block-context';
import { DEFINITION, isBlank } from './block-lines';
import { markdownElements } from './markdown-elements';
import { hasMath, withDollars } from './math-delimiters';
import { useMathPlugins } from './math-plugins';
import { AsWritten } from './plain-block';

const WHOLE = (markdown: string): string[] => [markdown];
const NO_PLUGINS: [] = [];
const NO_CONTROLS = false;
const NOTE = /^(\s{0,3})\[\^/;

/**
 * One block of Markdown. HTML in it is shown as the text it is; while it grows, marks that are not
 * closed yet count as closed.
 */
export const MarkdownBlock = memo(function MarkdownBlock({
  block,
  growing,
}: {
  block: Block;
  growing: boolean;
}) {
  const formulas = hasMath(block.source);
  const plugins = useMathPlugins(formulas);
  if (isInvisible(block.source)) return null;
  if (isTooDeep(block.source)) return <AsWritten block={block} />;
  return (
    <div className="answer-block" dir="auto" data-continued={block.continued || undefined}>
      <BlockContext value={block}>
        <Streamdown
          parseIncompleteMarkdown={growing}
          parseMarkdownIntoBlocksFn={WHOLE}
          rehypePlugins={NO_PLUGINS}
          components={markdownElements}
          controls={NO_CONTROLS}
          data-growing={growing}
          {...(plugins ? { plugins } : {})}
        >
          {markdownOf(block, formulas)}
        </Streamdown>
      </BlockContext>
    </div>
  );
});

/** Blank lines and definitions of links draw nothing, and must not leave a gap either. */
function isInvisible(source: string): boolean {
  return source.split('\n').every((line) => isBlank(line) || DEFINITION.test(line));
}

function markdownOf(block: Block, formulas: boolean): string {
  // The text of a note would vanish without its reference, which is in another block.
  const source = block.source.replace(NOTE, '$1\\[^');
  const text = formulas ? withDollars(source) : source;
  const definitions = block.definitions === '' ? '' : `\n\n${block.definitions}`;
  return block.before + text + definitions;
}
