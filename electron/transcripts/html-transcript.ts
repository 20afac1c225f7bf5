import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { TranscriptForm } from '../../shared/contract/transcript';
import { isTooDeep } from '../../shared/deep-markdown';
import { imageTypeOf } from '../../shared/image-type';
import type { StoredPart, Transcript } from '../store/queries/transcripts';
import { TRANSCRIPT_CSS } from './transcript-css';
import type { ImageOf, TranscriptStyle, TranscriptTools } from './transcript-style';
import { type MessageView, messageViews } from './transcript-view';

/**
 * One page that needs nothing else: no program is in it and nothing is fetched by it, whatever a model
 * wrote. What looks like HTML in an answer stands there as text.
 */
export function htmlTranscripts(
  form: TranscriptForm & { readonly name: string },
  { imageOf, timeZone }: TranscriptTools,
): TranscriptStyle {
  return {
    begin: () => begin(form.name),
    conversation: (transcript) => pieces(transcript, form, imageOf, timeZone),
    end: () => '</body>\n</html>\n',
  };
}

/** Forbids everything but the page's own style and images, also to what nobody thought of. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

function begin(title: string): string {
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${TRANSCRIPT_CSS}</style>
</head>
<body>
`;
}

function* pieces(
  transcript: Transcript,
  form: TranscriptForm,
  imageOf: ImageOf,
  timeZone: string,
): Generator<string> {
  yield `<section>\n<h1 dir="auto">${escaped(transcript.head.title)}</h1>\n`;
  for (const view of messageViews(transcript, form, timeZone)) {
    yield head(view);
    const { role, parts } = view.message;
    for (const part of parts) yield partHtml(part, role === 'assistant', form, imageOf);
    if (view.receipt !== null) yield `<footer>${escaped(view.receipt)}</footer>\n`;
    yield '</article>\n';
  }
  yield '</section>\n';
}

function head({ author, time, version, message }: MessageView): string {
  const note = version === null ? '' : ` · ${escaped(version)}`;
  return `<article class="${message.role}">\n<h2>${escaped(author)} <time>${time}${note}</time></h2>\n`;
}

function partHtml(
  { kind, text, name, image }: StoredPart,
  isAnswer: boolean,
  form: TranscriptForm,
  imageOf: ImageOf,
): string {
  switch (kind) {
    case 'text':
    case 'refusal':
      return isAnswer ? `<div dir="auto">${markdownHtml(text)}</div>\n` : plain(text);
    case 'reasoning':
      return form.reasoning
        ? `<details><summary>Reasoning</summary>${markdownHtml(text)}</details>\n`
        : '';
    case 'tool':
      return `<pre>${escaped(text)}</pre>\n`;
    case 'image':
      return image === null ? '' : imageHtml(image, imageOf(image));
    case 'file':
      return `<p><em>${escaped(name ?? '')}</em></p>\n`;
  }
}

function imageHtml({ name }: NonNullable<StoredPart['image']>, data: string | null): string {
  // What it is is seen from its bytes; what the store says of it may have come with an import.
  const type = data === null ? null : imageTypeOf(Buffer.from(data.slice(0, 64), 'base64'));
  if (data === null || type === null) return `<p><em>${escaped(name)}</em></p>\n`;
  return `<img alt="${escaped(name)}" src="data:${type};base64,${data}">\n`;
}

function plain(text: string): string {
  return `<p class="plain" dir="auto">${escaped(text)}</p>\n`;
}

/** Longer than this nobody formats; reading it would take longer than it is worth. */
const LONGEST_MARKDOWN = 400_000;

/** HTML of Markdown in which no HTML is let through; what is no Markdown any more stands as it is. */
export function markdownHtml(text: string): string {
  if (text.length > LONGEST_MARKDOWN || isTooDeep(text)) return `<pre>${escaped(text)}</pre>`;
  try {
    return micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] }).replace(
      IMAGE,
      (_image, address: string, label: string) =>
        `<a href="${address}">${label === '' ? address : label}</a>`,
    );
  } catch {
    return `<pre>${escaped(text)}</pre>`;
  }
}

/** As micromark writes an image. One from elsewhere would tell somebody that the page was opened. */
const IMAGE = /<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? \/>/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
