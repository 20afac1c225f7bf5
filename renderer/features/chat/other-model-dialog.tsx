import { useTranslation } from 'react-i18next';
import type { ConnectionId } from '../../../shared/ids';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { ModelList } from './model-list';
import { useOtherModel } from './other-model';
import { useCatalogue } from './use-catalogue';

const NONE: readonly string[] = [];

/** Lets one choose the model of one answer. Stands once in a conversation. */
export function OtherModelDialog({ connectionId }: { connectionId: ConnectionId | null }) {
  const { t } = useTranslation();
  const choose = useOtherModel((state) => state.choose);
  const close = useOtherModel((state) => state.close);
  const state = useCatalogue(connectionId, choose !== null);
  return (
    <Dialog
      open={choose !== null}
      onOpenChange={(open) => !open && close()}
      title={t('chat.chooseModel')}
      actions={<Button onClick={close}>{t('chat.editCancel')}</Button>}
    >
      <div className="mt-3 overflow-hidden rounded-3 border border-line pb-2">
        <ModelList
          state={state}
          models={NONE}
          onChoose={(model) => {
            close();
            choose?.(model);
          }}
          onAdd={() => {}}
        />
      </div>
    </Dialog>
  );
}
