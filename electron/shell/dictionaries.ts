/** The dictionaries for some languages: that of the region, else that of the language. */
export function dictionariesFor(
  languages: readonly string[],
  available: readonly string[],
): string[] {
  const found = languages.flatMap((tag) => {
    const [language = tag] = tag.split('-');
    const dictionary = [tag, language].find((name) => available.includes(name));
    return dictionary ?? available.find((name) => name.startsWith(`${language}-`)) ?? [];
  });
  return [...new Set(found)];
}
