/** The looks of an exported page: paper and ink, after the system's choice of light and dark. */
export const TRANSCRIPT_CSS = `
:root { --ink: #1c211e; --ink-2: #59625d; --line: #dfe4e1; --paper: #fff; --raised: #f4f6f5; --link: #0b6b53; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebe8; --ink-2: #98a29d; --line: #2a312d; --paper: #151a17; --raised: #1d2420; --link: #58c3a1; }
}
body { max-width: 46rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 15px/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
section + section { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.3; }
h2 { margin: 0 0 .25rem; font-size: .8125rem; }
h2 time { color: var(--ink-2); font-weight: 400; margin-inline-start: .5rem; }
article { margin: 1.75rem 0; }
article.user, article.system { background: var(--raised); border-radius: 8px; padding: .75rem 1rem; }
.plain { white-space: pre-wrap; margin: 0; }
pre { overflow-x: auto; padding: .75rem 1rem; border-radius: 8px; background: var(--raised);
  font: 12.5px/1.6 ui-monospace, monospace; }
code { font: 12.5px/1.6 ui-monospace, monospace; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem; text-align: start; vertical-align: top; }
blockquote { margin: 0; padding-inline-start: 1rem; border-inline-start: 2px solid var(--line); color: var(--ink-2); }
img { max-width: 100%; border-radius: 8px; }
a { color: var(--link); }
footer { margin-top: .5rem; padding-top: .25rem; border-top: 1px dashed var(--line); color: var(--ink-2);
  font-size: .75rem; font-variant-numeric: tabular-nums; }
@media print { article { break-inside: avoid-page; } }
`;
