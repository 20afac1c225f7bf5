import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import type { ConnectionId } from '../../../shared/ids';
import { SmallSelect } from '../../ui/small-select';
import { MODEL_ORDERS, type ModelOrder, type ModelRecords } from './model-records';

export interface ConnectionChoice {
  readonly all: readonly Connection[];
  /** The one whose models are shown. */
  readonly shown: ConnectionId;
  readonly show: (id: ConnectionId) => void;
}

export interface ModelListHeadProps {
  connections: ConnectionChoice | undefined;
  records: ModelRecords;
  order: ModelOrder;
  onOrder: (order: ModelOrder) => void;
}

/** Whose models the list shows, and in which order. */
export function ModelListHead(props: ModelListHeadProps) {
  const { connections, records, order, onOrder } = props;
  const { t } = useTranslation();
  const orders = MODEL_ORDERS.filter((one) => one !== 'own' || records.size > 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list takes the keys for itself otherwise
    <div
      className="flex max-w-56 flex-none items-center"
      onKeyDown={(event) => event.stopPropagation()}
    >
      {connections && connections.all.length > 1 && (
        <SmallSelect
          label={t('models.connection')}
          value={String(connections.shown)}
          options={connections.all.map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(value) => {
            const chosen = connections.all.find(({ id }) => String(id) === value);
            if (chosen) connections.show(chosen.id);
          }}
        />
      )}
      <SmallSelect
        label={t('models.order')}
        value={order}
        options={orders.map((one) => ({ value: one, label: t(`models.orders.${one}`) }))}
        onChange={onOrder}
      />
    </div>
  );
}
