import texts from '../../renderer/locales/en.json';

/** The words that main itself shows: native menus and dialogs. They stand in the page's locale. */
type MainText = typeof texts.native;

type Key = {
  [Group in keyof MainText]: `${Group & string}.${keyof MainText[Group] & string}`;
}[keyof MainText];

/** A text with its `{{placeholders}}` filled. */
export function mainText(key: Key, values: Readonly<Record<string, string>> = {}): string {
  const [group, name] = key.split('.');
  const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = texts.native;
  const text = groups[group ?? '']?.[name ?? ''] ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, placeholder: string) => values[placeholder] ?? '');
}
