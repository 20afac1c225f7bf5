import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../shared/contract/look';
import { chosenLanguage, TEXT_LANGUAGES, type TextLanguage } from '../../../shared/language';
import { orpc } from '../../rpc/client';
import { LANGUAGE_CONTROL } from '../../state/look';
import { Select } from '../../ui/select';

/** Each language by its own name, so that one finds the way back out of one that one cannot read. */
const OWN_NAMES: Readonly<Record<TextLanguage, string>> = {
  en: 'English',
  de: 'Deutsch',
  'zh-CN': '简体中文',
};

/** The language of the texts, with the one that the computer's own would lead to. */
export function LanguageSetting({
  value,
  onChange,
}: {
  value: Language;
  onChange: (language: Language) => void;
}) {
  const { t } = useTranslation();
  const { data: info } = useQuery(orpc.app.info.queryOptions());
  const system = OWN_NAMES[chosenLanguage('system', info?.languages ?? [])];
  return (
    <Select<Language>
      id={LANGUAGE_CONTROL}
      label={t('settings.language')}
      value={value}
      options={[
        { value: 'system', label: t('settings.languageSystem', { language: system }) },
        ...TEXT_LANGUAGES.map((language) => ({ value: language, label: OWN_NAMES[language] })),
      ]}
      onChange={onChange}
      hint={t('settings.languageHint')}
      className="w-full max-w-80"
    />
  );
}
