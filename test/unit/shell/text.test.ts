import { expect, it } from 'vitest';
import { mainText, speak } from '../../../electron/shell/text';

it('the language that was chosen last is spoken, also when the one before takes longer to be read', async () => {
  const english = mainText('menu.file');
  const slow = speak('de');
  await speak('en');
  await slow;
  expect(mainText('menu.file')).toBe(english);
  await speak('de');
  expect(mainText('menu.file')).toBe('Datei');
  await speak('en');
});
