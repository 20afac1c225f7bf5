import type { ComponentProps, ReactNode } from 'react';
import type { Components, ExtraProps } from 'streamdown';
import { CodeBlock } from './code-block';
import { ExternalLink } from './external-link';
import { MarkdownTable } from './markdown-table';
import { formulaHtml } from './math-plugins';
import { RemoteImage } from './remote-image';

type Props<Tag extends keyof React.JSX.IntrinsicElements> = ComponentProps<Tag> & ExtraProps;
type Node = NonNullable<ExtraProps['node']>;

/** How each element of Markdown is drawn; the looks are in chat.css. */
export const markdownElements: Components = {
  p: ({ children }: Props<'p'>) => <p>{children}</p>,
  strong: ({ children }: Props<'strong'>) => <strong>{children}</strong>,
  em: ({ children }: Props<'em'>) => <em>{children}</em>,
  del: ({ children }: Props<'del'>) => <del>{children}</del>,
  sup: ({ children }: Props<'sup'>) => <sup>{children}</sup>,
  sub: ({ children }: Props<'sub'>) => <sub>{children}</sub>,
  hr: () => <hr />,
  blockquote: ({ children }: Props<'blockquote'>) => <blockquote>{children}</blockquote>,
  h1: ({ children }: Props<'h1'>) => <h3 className="md-1">{children}</h3>,
  h2: ({ children }: Props<'h2'>) => <h3 className="md-2">{children}</h3>,
  h3: ({ children }: Props<'h3'>) => <h4 className="md-3">{children}</h4>,
  h4: ({ children }: Props<'h4'>) => <h5 className="md-3">{children}</h5>,
  h5: ({ children }: Props<'h5'>) => <h6 className="md-4">{children}</h6>,
  h6: ({ children }: Props<'h6'>) => <h6 className="md-4">{children}</h6>,
  ul: ({ children }: Props<'ul'>) => <ul>{children}</ul>,
  ol: ({ children, start }: Props<'ol'>) => <ol start={start}>{children}</ol>,
  li: ({ children, className }: Props<'li'>) => (
    <li className={className?.includes('task-list-item') ? 'task' : undefined}>{children}</li>
  ),
  input: ({ checked, type }: Props<'input'>) =>
    type === 'checkbox' ? <input type="checkbox" checked={checked} readOnly disabled /> : null,
  a: ({ href, children }: Props<'a'>) => <ExternalLink href={href}>{children}</ExternalLink>,
  img: ({ src, alt }: Props<'img'>) => (
    <RemoteImage src={typeof src === 'string' ? src : ''} alt={alt ?? ''} />
  ),
  table: ({ children, node }: Props<'table'>) => (
    <MarkdownTable node={node}>{children}</MarkdownTable>
  ),
  thead: ({ children }: Props<'thead'>) => <thead>{children}</thead>,
  tbody: ({ children }: Props<'tbody'>) => <tbody>{children}</tbody>,
  tr: ({ children }: Props<'tr'>) => <tr>{children}</tr>,
  th: ({ children, node }: Props<'th'>) => <th data-align={alignOf(node)}>{children}</th>,
  td: ({ children, node }: Props<'td'>) => <td data-align={alignOf(node)}>{children}</td>,
  pre: ({ node }: Props<'pre'>) => <Fenced node={node} />,
  code: ({ children, className }: Props<'code'>) => (
    <InlineCode className={className}>{children}</InlineCode>
  ),
  section: ({ children }: Props<'section'>) => <section>{children}</section>,
};

function InlineCode({
  className,
  children,
}: {
  className: string | undefined;
  children: ReactNode;
}) {
  if (className?.includes('math-inline') && typeof children === 'string') {
    return <Formula formula={children} display={false} />;
  }
  return <code dir="ltr">{children}</code>;
}

function Fenced({ node }: { node: Node | undefined }) {
  const inner = node?.children[0];
  if (inner?.type !== 'element') return null;
  const text = textOf(inner);
  const classes = classesOf(inner);
  if (classes.includes('math-display')) return <Formula formula={text} display />;
  const language = classes.find((name) => name.startsWith('language-'))?.slice(9) ?? '';
  return <CodeBlock code={text} language={language} growing={false} />;
}

function Formula({ formula, display }: { formula: string; display: boolean }) {
  const html = formulaHtml(formula, display);
  if (html === null) return <code>{formula}</code>;
  const Tag = display ? 'div' : 'span';
  return (
    <Tag
      dir="ltr"
      className={display ? 'md-formula' : undefined}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes, and trusts no command
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function textOf(node: Node): string {
  return node.children
    .map((child) =>
      child.type === 'text' ? child.value : child.type === 'element' ? textOf(child) : '',
    )
    .join('');
}

function classesOf(node: Node): readonly string[] {
  const names = node.properties.className;
  return Array.isArray(names) ? names.map(String) : [];
}

function alignOf(node: Node | undefined): 'right' | 'center' | undefined {
  const align = node?.properties.align;
  return align === 'right' || align === 'center' ? align : undefined;
}
