import i18next from 'i18next';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { sentParameters } from '../../../renderer/features/chat/receipt-details';
import { showLanguage, startTexts } from '../../../renderer/locales/i18n';

beforeAll(startTexts);
afterEach(() => showLanguage('en', ['en']));

it('the parameters of a receipt are called as in the panel, in every language', async () => {
  const sent = () =>
    sentParameters({ routing: 'price', temperature: 0.2 }, i18next.t).map(
      ({ label, value }) => `${label}: ${value}`,
    );
  expect(sent()).toEqual(['Routing: Price', 'Temperature: 0.2']);
  await showLanguage('de', ['de-DE']);
  expect(sent()).toEqual(['Anbieterwahl: Preis', 'Temperatur: 0.2']);
});
