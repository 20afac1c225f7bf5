import { memo } from 'react';
import { CodeFigure } from './code-figure';
import type { CodeTextProps } from './code-text';
import { MermaidBlock } from './mermaid-block';

/** A fenced block: a diagram where it is one, else code. */
export const CodeBlock = memo(function CodeBlock(props: CodeTextProps) {
  const Kind = props.language === 'mermaid' ? MermaidBlock : CodeFigure;
  return <Kind {...props} />;
});
