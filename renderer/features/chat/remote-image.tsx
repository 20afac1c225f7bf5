import { ImageOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon';

/** What stands where an answer has a picture: its words and address. Nothing is fetched. */
export function RemoteImage({ src, alt }: { src: string; alt: string }) {
  const { t } = useTranslation();
  const address = src.startsWith('data:') ? t('chat.imageInline') : src;
  return (
    <span className="md-image">
      <Icon icon={ImageOff} small className="text-text-3" />
      <span className="sr-only">{t('chat.imageNotLoaded')}</span>
      {alt !== '' && <span>{alt}</span>}
      <span className="min-w-0 break-all text-text-3">{address}</span>
    </span>
  );
}
