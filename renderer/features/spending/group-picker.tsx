import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GROUPINGS } from '../../../shared/contract/spending';
import { OptionList } from '../../ui/option-list';
import { PickerFrame } from '../../ui/picker-frame';
import { type SpendingPlace, USUAL_PLACE } from './spending-place';
import { openPlace } from './use-spending';

/** What the table has a row of. */
export function GroupPicker({ place }: { place: SpendingPlace }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <PickerFrame
      label={t('spending.groupBy')}
      lead={t('spending.groupBy')}
      display={t(`spending.groupings.${place.groupBy}`)}
      variant="box"
      side="bottom"
      align="end"
      open={open}
      onOpenChange={setOpen}
    >
      <OptionList
        label={t('spending.groupBy')}
        value={place.groupBy}
        options={GROUPINGS.map((value) => ({ value, label: t(`spending.groupings.${value}`) }))}
        onChoose={(groupBy) => {
          setOpen(false);
          openPlace({ ...place, groupBy, groups: USUAL_PLACE.groups, rows: null, bar: null });
        }}
      />
    </PickerFrame>
  );
}
