import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/errors';
import { Button } from '../../ui/button';

/** In the place of a conversation that cannot be shown. */
export function MissingConversation({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const gone = failure.code === 'not_found';
  return (
    <div className="grid flex-1 place-items-center p-6">
      <div className="w-[400px] max-w-full">
        <h1 className="text-18 font-semibold tracking-[-0.01em]">
          {gone ? t('chat.gone') : t('chat.notRead')}
        </h1>
        <p className="mt-1 mb-4 text-text-2">
          {gone ? t('chat.goneHint') : t(`errors.titles.${failure.code}`, { name: '', model: '' })}
        </p>
        <Button variant="ink" asChild>
          <a href="#/chat">{t('chat.startNew')}</a>
        </Button>
      </div>
    </div>
  );
}
