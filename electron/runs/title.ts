/** The longest title that the rule makes, in code points, without the mark that it was cut. */
const TITLE_LENGTH = 60;

/** The same for one that a model gives. */
const GIVEN_LENGTH = 199;

/** So much of a message is looked at: a title is in its beginning or nowhere. */
const LOOKED_AT = 20_000;

/** So much of one line: the work on a line can grow with the square of its length. */
const LINE_LOOKED_AT = 2_000;

/**
 * A conversation's name from its first message: the first sentence that says what is wanted, without
 * pleasantries, blocks of code, signs of Markdown and addresses; cut between words, or between characters
 * where a script has no spaces. A question keeps its mark. What is nothing but these is named after them.
 */
export function titleOf(text: string): string {
  const start = text.slice(0, LOOKED_AT);
  const prose = start.replace(CODE_BLOCK, '\n');
  const found =
    wantedIn(prose.replace(LINK, '$1').replace(ADDRESS, ' ')) ?? wantedIn(start.replace(FENCE, ''));
  return shortened(found ?? (oneLine(start) || '…'), TITLE_LENGTH);
}

/** A title as it is kept of what a model wrote as one; null where that is none. */
export function givenTitle(answer: string): string | null {
  const lines = answer
    .slice(0, LOOKED_AT)
    .replace(THOUGHT, '')
    .split(/[\r\n]+/);
  const line = lines.map(withoutMarkdown).find((one) => SAYS_SOMETHING.test(one));
  if (line === undefined) return null;
  const title = withoutEnd(unquoted(line.replace(LABEL, '').trim()));
  return SAYS_SOMETHING.test(title) ? shortened(title, GIVEN_LENGTH) : null;
}

/** A fenced block; one that is not closed goes to the end. */
const CODE_BLOCK =
  /^[ \t]*(`{3,}|~{3,})[^\n]*(?:\n[\s\S]*?(?:^[ \t]*\1[`~]*[ \t]*$|$(?![\s\S]))|$)/gm;

/** The line above and below a block. */
const FENCE = /^[ \t]*(?:`{3,}|~{3,})[^\n]*$/gm;

/** Addresses of the web and of mail; what a link is called stays. */
const ADDRESS =
  /<?\b(?:https?|ftp|file|mailto):[^\s<>)\]]+>?|\bwww\.[^\s<>)\]]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+/giu;

/** What some models write of their thoughts before the answer. */
const THOUGHT = /^\s*<think(?:ing)?>[\s\S]*?(?:<\/think(?:ing)?>|$)/i;

/** What stands at the beginning of lines: quotes, headings, lists, boxes to tick. */
const LINE_SIGNS = /^(?:\s|>|#{1,6}(?=\s)|[-*+•](?=\s)|\d{1,3}[.)](?=\s)|\[[ xX]\](?=\s))+/;

/** A link or an image, of which the words stay. */
const LINK = /!?\[([^[\]]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g;

/** Signs around words that are bold, struck, italic or code. */
const BOLD = /(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/g;
const ITALIC = /(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^*_\n]*?[^\s*_])\1(?![\p{L}\p{N}*_])/gu;
const CODE = /(`{1,2})([^`\n]+)\1/g;

/** Controls, halves of characters, and the marks that turn the direction of what follows. */
const CONTROLS = /[\p{Cc}\p{Cs}\u{2028}\u{2029}\u{202A}-\u{202E}\u{2066}-\u{2069}\u{FEFF}]/gu;

/** A letter, a number, or a picture. */
const SAYS_SOMETHING = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** Ends that say nothing; a question mark and a closing bracket do. */
const EMPTY_END = /[\s.,;:!…·\-–—。、，；：！]+$/u;

const GREETING = [
  'hi(?: there)?|hello(?: there)?|hey(?: there)?|good (?:morning|afternoon|evening|day)|greetings|dear (?:all|ai|assistant)',
  'hallo(?: zusammen)?|guten (?:morgen|tag|abend)|gr(?:ü|ue)(?:ß|ss) (?:dich|gott|sie)|servus|moin(?: moin)?',
  'bonjour|bonsoir|salut|coucou|hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|ciao|buon ?giorno|buona ?sera|salve|ol[áa]|bo[am] (?:dia|tarde|noite)',
  'hej|hei|hoi|goedemorgen|goedendag|cze[śs][ćc]|dzie[ńn] dobry|ahoj|merhaba|selam',
  'привет|здравствуйте|здравствуй|добрый (?:день|вечер)|доброе утро|привіт|вітаю',
  '你好|您好|大家好|嗨|早上好|下午好|晚上好|こんにちは|こんばんは|おはよう(?:ございます)?|もしもし|안녕하세요|안녕|नमस्ते|مرحبا|السلام عليكم|שלום',
].join('|');

const THANKS = [
  'thanks?(?: you)?(?: (?:so|very) much| a lot| in advance)?|many thanks|cheers|ok(?:ay)?|well|so|right',
  'danke(?: sch(?:ö|oe)n| im voraus)?|vielen dank|merci(?: beaucoup)?|(?:muchas )?gracias|grazie(?: mille)?|obrigad[oa]|спасибо(?: большое)?',
  '谢谢(?:你|您)?|多谢|ありがとう(?:ございます)?|감사합니다|고마워요?',
].join('|');

const ASKING = [
  "(?:(?:can|could|would|will) you|i(?: would|'d|’d) like you to|i want you to|i need you to)(?: please| kindly)?",
  "please|kindly|bitte|s[’' ]?il (?:te|vous) pla[iî]t|por favor|per favore|пожалуйста|будь ласка",
  '(?:请问|請問|请|請)(?:你|您)?|麻烦(?:你|您)?',
].join('|');

/** Words that are written with spaces end at one; the others anywhere. */
const WORD_ENDS = "(?:(?![\\p{L}\\p{N}'’-])|(?<=[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]))";
const PAUSE = '(?:\\s*[,.!;:…~—–，。！、；،]+\\s*|\\s+[-–—]+\\s+)';

const ASKED = new RegExp(`^(?:${ASKING})${WORD_ENDS}[\\s,，、]*`, 'iu');
/** Without a pause it may be the matter itself: "Hello World in Rust". */
const GREETED = new RegExp(
  `^(?:${GREETING})${WORD_ENDS}(?:\\s(\\p{L}+))?(?:${PAUSE}|$|(?<=[\\p{sc=Han}\\p{sc=Hiragana}]))`,
  'iu',
);
const GREETED_AND_ASKED = new RegExp(`^(?:${GREETING})\\s+(?=(?:${ASKING})${WORD_ENDS})`, 'iu');
const ASKED_AT_END =
  /[,，]\s*(?:please|bitte|por favor|per favore|пожалуйста|thanks|thank you|danke)[.!:]*$/iu;
const THANKED = new RegExp(`^(?:${THANKS})${WORD_ENDS}(?:${PAUSE}|$)`, 'iu');

const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });
const CHARACTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The first sentence that says more than a greeting; null where there is none. */
function wantedIn(text: string): string | null {
  for (const written of text.split(/[\r\n\u{2028}\u{2029}]+/u)) {
    for (const sentence of sentencesOf(withoutMarkdown(written))) {
      const wanted = withoutEnd(withoutPleasantries(sentence));
      if (SAYS_SOMETHING.test(wanted)) return wanted;
    }
  }
  return null;
}

/** A short title with a point, as `Mr.`, does not end a sentence, nor does a point before a word, as in `.NET`. */
const GOES_ON = /\s\p{Lu}\p{L}{0,2}\.\s*$|\.$/u;

function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of SENTENCES.segment(line)) {
    const last = sentences.at(-1);
    if (last !== undefined && GOES_ON.test(last)) sentences.push(`${sentences.pop()}${segment}`);
    else sentences.push(segment);
  }
  return sentences.map((sentence) => sentence.trim());
}

function withoutMarkdown(line: string): string {
  const plain = line
    .slice(0, LINE_LOOKED_AT)
    .replace(LINE_SIGNS, '')
    .replace(/^(?:\s*[-*_=]\s*){3,}$/, '')
    .replace(LINK, '$1')
    .replace(CODE, '$2')
    .replace(BOLD, '$2')
    .replace(ITALIC, '$2')
    .replace(/\s+#+\s*$/, '');
  return oneLine(plain);
}

function withoutPleasantries(sentence: string): string {
  const said = sentence.replace(/^[\s,.;:!…，。、]+(?=\s|$)/u, '').trimStart();
  const matter = untilSame(said, (text) => withoutGreeting(text).replace(THANKED, ''));
  const asked = untilSame(matter, (text) => text.replace(ASKED, ''));
  // What is asked for is no question any more once one does not ask whether it can be done.
  const asksWhether = /^(?:can|could|would|will) you/iu.test(matter);
  const rest = (asksWhether ? asked.replace(/[?？]+$/u, '') : asked).replace(ASKED_AT_END, '');
  return rest === said ? rest : capitalised(rest);
}

function untilSame(text: string, change: (text: string) => string): string {
  const changed = change(text);
  return changed === text ? text : untilSame(changed, change);
}

function withoutGreeting(text: string): string {
  const greeted = GREETED.exec(text);
  // Somebody is greeted by a name: "Good morning Anna, …", but "Good morning routine: …".
  const [whole = '', name = ''] = greeted ?? [];
  if (name === '' || name !== name.toLowerCase()) {
    if (whole !== '') return text.slice(whole.length);
  }
  return text.replace(GREETED_AND_ASKED, '');
}

/** What was in the middle of a sentence begins one now; a name such as "iPhone" stays as it is. */
function capitalised(text: string): string {
  const [first = ''] = text.split(/\s/u, 1);
  if (first !== first.toLowerCase()) return text;
  const [character = ''] = text;
  const upper = character.toUpperCase();
  return Array.from(upper).length === 1 ? `${upper}${text.slice(character.length)}` : text;
}

function oneLine(text: string): string {
  return text.replace(CONTROLS, ' ').replace(/\s+/gu, ' ').trim();
}

function withoutEnd(text: string): string {
  return text.replace(EMPTY_END, '');
}

/** `Title: …`, as models begin however one asks. */
const LABEL =
  /^(?:title|titel|titre|t[ií]tulo|titolo|заголовок|标题|標題|タイトル|제목)\s*[:：]\s*/iu;

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['„', '“'],
  ['„', '”'],
  ['‘', '’'],
  ['‚', '‘'],
  ['«', '»'],
  ['»', '«'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
];

/** Without the quotes around all of it. */
function unquoted(text: string): string {
  const bare = withoutEnd(text);
  for (const [open, close] of QUOTES) {
    if (bare.length < open.length + close.length || !bare.startsWith(open)) continue;
    const inner = bare.slice(open.length, bare.length - close.length);
    if (bare.endsWith(close) && !inner.includes(open) && !inner.includes(close)) {
      return inner.trim();
    }
  }
  return text;
}

/** Scripts that are written without spaces: a line of them may be parted anywhere. */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\u{3000}-\u{303F}\u{FF00}-\u{FFEF}]/u;

/** At most `length` code points and the mark that there was more. No character is parted. */
function shortened(text: string, length: number): string {
  if (Array.from(text).length <= length) return text;
  const kept: string[] = [];
  let points = 0;
  // A text that long may be cut anywhere: of what is behind the cut only the next character counts.
  const near = Array.from(text)
    .slice(0, length * 4)
    .join('');
  for (const { segment } of CHARACTERS.segment(near)) {
    points += Array.from(segment).length;
    if (points > length) {
      const cut = partedAt(kept, segment) ?? kept.join('');
      // One character of more code points than there is room for is parted after all.
      const whole = withoutEnd(cut) || Array.from(text).slice(0, length).join('');
      return `${whole.trimEnd()}…`;
    }
    kept.push(segment);
  }
  return text;
}

/** What is kept up to the last place between words; null where that is too far back. */
function partedAt(kept: readonly string[], next: string): string | null {
  for (let at = kept.length; at > kept.length / 2; at -= 1) {
    const before = kept[at - 1] ?? '';
    const after = kept[at] ?? next;
    if (/^\s/u.test(after) || UNSPACED.test(before) || UNSPACED.test(after)) {
      return kept.slice(0, at).join('');
    }
  }
  return null;
}
