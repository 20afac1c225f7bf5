/** So much of each is enough to know what it is about, in code points; all of it would cost. */
const EXCERPT = 1_200;

/** What a model is asked for a title with. */
export function titlePrompt(question: string, answer: string): string {
  return [
    'Write a title for the conversation below: at most seven words, in the language of the question, one line, no quotation marks, no full stop. Reply with the title only.',
    `<question>\n${excerpt(question)}\n</question>`,
    `<answer>\n${excerpt(answer)}\n</answer>`,
  ].join('\n\n');
}

function excerpt(text: string): string {
  const whole = text.trim();
  const start = Array.from(whole.slice(0, EXCERPT * 2))
    .slice(0, EXCERPT)
    .join('');
  return start.length === whole.length ? whole : `${start}…`;
}
