import type { TranscriptForm } from '../../shared/contract/transcript';
import type { StoredPart, Transcript } from '../store/queries/transcripts';
import type { TranscriptStyle, TranscriptTools } from './transcript-style';
import { messageViews } from './transcript-view';

/** Conversations to be read as text: what was said as it was written, under a heading each. */
export function markdownTranscripts(
  form: TranscriptForm,
  { timeZone }: Pick<TranscriptTools, 'timeZone'>,
): TranscriptStyle {
  return {
    begin: () => '',
    conversation: (transcript, first) => pieces(transcript, first, form, timeZone),
    end: () => '',
  };
}

function* pieces(
  transcript: Transcript,
  first: boolean,
  form: TranscriptForm,
  timeZone: string,
): Generator<string> {
  yield `${first ? '' : '\n---\n\n'}# ${oneLine(transcript.head.title)}\n`;
  for (const view of messageViews(transcript, form, timeZone)) {
    const { author, time, version, message, receipt } = view;
    const note = [time, version].filter((part) => part !== null).join(', ');
    yield `\n## ${oneLine(author)} (${note})\n`;
    for (const part of message.parts) yield partText(part, form);
    if (receipt !== null) yield `\n*${receipt}*\n`;
  }
}

function partText({ kind, text, name, image }: StoredPart, form: TranscriptForm): string {
  switch (kind) {
    case 'text':
    case 'refusal':
      return `\n${text}\n`;
    case 'reasoning':
      return form.reasoning ? `\n${quoted(text)}\n` : '';
    case 'tool':
      return `\n${fenced(text)}\n`;
    case 'image':
      return `\n*Image: ${oneLine(image?.name ?? 'gone')}*\n`;
    case 'file':
      return `\n*File: ${oneLine(name ?? '')}*\n`;
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
}

/** In a fence that is longer than any in it. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
