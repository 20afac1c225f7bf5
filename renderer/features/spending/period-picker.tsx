import { CalendarDays } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button';
import { dayRange } from '../../ui/format';
import { OptionList } from '../../ui/option-list';
import { PickerFrame } from '../../ui/picker-frame';
import { textBox } from '../../ui/text-field';
import { dayStart, daysOf, PERIODS, type Period, period } from './spending-period';
import { type SpendingPlace, withoutDetails } from './spending-place';
import { openPlace } from './use-spending';

export interface PeriodPickerProps {
  place: SpendingPlace;
  today: string;
}

/** The days that are looked at: some that move on with the calendar, or from one day to another. */
export function PeriodPicker({ place, today }: PeriodPickerProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const now = dayStart(today);
  const rangeText = (chosen: Period) => {
    const { from, to } = daysOf(chosen, today);
    return from === null || to === null ? '' : dayRange(dayStart(from), dayStart(to), now);
  };
  const choose = (chosen: Period) => {
    setOpen(false);
    openPlace({ ...withoutDetails(place), period: chosen });
  };
  const named = typeof place.period === 'string' ? place.period : null;
  const byName = named === 'today' || named === 'all' || named?.startsWith('days') === true;
  return (
    <PickerFrame
      label={t('spending.period')}
      icon={CalendarDays}
      display={
        <span className="figures">
          {named !== null && byName ? t(`spending.periods.${named}`) : rangeText(place.period)}
        </span>
      }
      variant="box"
      side="bottom"
      align="end"
      open={open}
      onOpenChange={setOpen}
    >
      <OptionList
        label={t('spending.period')}
        value={named}
        options={PERIODS.map((value) => ({
          value,
          label: t(`spending.periods.${value}`),
          hint: rangeText(value),
        }))}
        onChoose={choose}
      />
      <OwnDays initial={{ ...daysOf(place.period, today) }} today={today} onChoose={choose} />
    </PickerFrame>
  );
}

interface OwnDaysProps {
  initial: { from: string | null; to: string | null };
  today: string;
  onChoose: (chosen: Period) => void;
}

/** Two days of one's own. */
function OwnDays({ initial, today, onChoose }: OwnDaysProps) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(initial.from ?? '');
  const [to, setTo] = useState(initial.to ?? today);
  const chosen = period.safeParse({ from, to });
  const wrong = from !== '' && to !== '' && from > to;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.success) onChoose(chosen.data);
  };
  return (
    <form
      aria-label={t('spending.ownDays')}
      onSubmit={submit}
      className="grid grid-cols-2 items-end gap-2 border-t border-line p-3"
    >
      {(
        [
          ['ownFrom', from, setFrom],
          ['ownTo', to, setTo],
        ] as const
      ).map(([name, value, change]) => (
        <label key={name} className="text-12 font-medium text-text-2">
          <span className="mb-1 block">{t(`spending.${name}`)}</span>
          <input
            type="date"
            value={value}
            onChange={(event) => change(event.target.value)}
            aria-invalid={wrong || undefined}
            className={`${textBox} figures h-8 px-1.5! font-normal`}
          />
        </label>
      ))}
      {wrong && (
        <p role="alert" className="col-span-2 text-12 text-danger">
          {t('spending.ownWrong')}
        </p>
      )}
      <Button type="submit" disabled={!chosen.success} className="col-start-2">
        {t('spending.ownShow')}
      </Button>
    </form>
  );
}
