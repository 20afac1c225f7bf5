import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Connection, Learned } from '../../../shared/contract/connection';
import { orpc, queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { notify } from '../../ui/toaster';

/** How requests to this server differ because it refused them otherwise. */
export function LearnedList({ connection: { id, learned } }: { connection: Connection }) {
  const { t } = useTranslation();
  const forget = useMutation(
    orpc.connections.forgetLearned.mutationOptions({
      onError: () => notify({ text: t('settings.notForgotten') }),
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() }),
    }),
  );
  return (
    <section aria-label={t('settings.learned')} className="mt-4">
      <h3 className="mb-1 text-12 font-medium text-text-2">{t('settings.learned')}</h3>
      {learned.length === 0 ? (
        <p className="text-12 text-text-3">{t('settings.learnedNothing')}</p>
      ) : (
        <>
          <ul className="mb-2 text-12 leading-5">
            {learned.map((lesson) => (
              <li key={JSON.stringify(lesson)} className="break-words">
                {lessonText(lesson, t)}
              </li>
            ))}
          </ul>
          <Button size="sm" disabled={forget.isPending} onClick={() => forget.mutate({ id })}>
            {t('settings.forgetLearned')}
          </Button>
        </>
      )}
    </section>
  );
}

function lessonText({ model, adaptation }: Learned, t: TFunction): string {
  const where = model === null ? t('settings.anyModel') : model;
  switch (adaptation.action) {
    case 'leave_out':
      return t('settings.learnedLeaveOut', { where, field: adaptation.field });
    case 'rename':
      return t('settings.learnedRename', { where, field: adaptation.field, to: adaptation.to });
  }
}
