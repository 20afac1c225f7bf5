import { Command } from 'cmdk';
import { ArrowLeft, Check } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model, Offer } from '../../../shared/contract/connection';
import { isKnownTo, PARAMETERS, type ParameterValues } from '../../../shared/parameters';
import type { Profile } from '../../../shared/profile';
import { useParameterText } from '../../parameters/use-parameter-text';
import { milliseconds } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Segmented } from '../../ui/segmented';
import { contextText, priceText } from './model-text';

export interface ModelProvidersProps {
  model: Model;
  profile: Profile;
  values: Pick<ParameterValues, 'provider' | 'routing'>;
  onBack: () => void;
  onRouting: (routing: string | undefined) => void;
  /** Takes the model from this provider; null leaves that to the service. */
  onChoose: (provider: string | null) => void;
}

const UNSET = 'unset';

/** Who runs a model, what each asks, and how one of them is picked where that is left open. */
export function ModelProviders(props: ModelProvidersProps) {
  const { model, profile, values, onBack, onRouting, onChoose } = props;
  const { t } = useTranslation();
  const { labelOf, optionOf } = useParameterText();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  const { control } = PARAMETERS.routing;
  const options = control.type === 'choice' ? control.options : [];
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'Backspace') return;
    event.preventDefault();
    onBack();
  };
  return (
    <Command
      ref={list}
      label={t('models.providersOf', { model: model.id })}
      tabIndex={-1}
      vimBindings={false}
      defaultValue={values.provider ?? UNSET}
      onKeyDown={press}
      className="flex min-h-0 flex-col outline-none"
    >
      <div className="flex h-9 flex-none items-center gap-1 border-b border-line pr-3 pl-1">
        <IconButton
          label={t('models.back')}
          shortcut="ArrowLeft"
          icon={ArrowLeft}
          small
          onClick={onBack}
        />
        <span className="min-w-0 flex-1 truncate font-medium">{model.id}</span>
      </div>
      {isKnownTo('routing', profile) && (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps the keys of the group from the list
        <div
          className="flex flex-none items-center gap-2 border-b border-line px-3 py-1.5 text-12 text-text-2"
          onKeyDown={(event) => event.stopPropagation()}
        >
          <span className="flex-1" aria-hidden="true">
            {labelOf('routing')}
          </span>
          <Segmented
            label={labelOf('routing')}
            value={values.routing ?? UNSET}
            segments={[
              { value: UNSET, label: t('models.routingUnset') },
              ...options.map((option) => ({
                value: String(option.value),
                label: optionOf('routing', option),
              })),
            ]}
            onChange={(value) => onRouting(value === UNSET ? undefined : value)}
          />
        </div>
      )}
      <Command.List
        label={t('models.providersOf', { model: model.id })}
        className="max-h-80 min-h-0 overflow-y-auto p-1"
      >
        <Line
          value={UNSET}
          name={t('models.anyProvider')}
          text={t('models.anyProviderHint')}
          chosen={values.provider === undefined}
          onChoose={() => onChoose(null)}
        />
        {named(model.offers).map(({ provider, offer }) => (
          <Line
            key={provider}
            value={provider}
            name={provider}
            text={priceText(offer, t)}
            side={[
              contextText({ offers: [offer] }, t),
              offer.latencyMs === null ? null : milliseconds(offer.latencyMs),
            ]}
            chosen={values.provider === provider}
            onChoose={() => onChoose(provider)}
          />
        ))}
      </Command.List>
    </Command>
  );
}

/** Each provider once, with its cheapest offer. */
function named(offers: readonly Offer[]): readonly { provider: string; offer: Offer }[] {
  const seen = new Map<string, Offer>();
  for (const offer of offers) {
    if (offer.provider !== null && !seen.has(offer.provider)) seen.set(offer.provider, offer);
  }
  return [...seen].map(([provider, offer]) => ({ provider, offer }));
}

/** How many providers a model can be had from. */
export function providerCount({ offers }: Pick<Model, 'offers'>): number {
  return named(offers).length;
}

interface LineProps {
  value: string;
  name: string;
  text: string;
  side?: readonly (string | null)[];
  chosen: boolean;
  onChoose: () => void;
}

function Line({ value, name, text, side = [], chosen, onChoose }: LineProps) {
  return (
    <Command.Item value={value} onSelect={onChoose} className="model-line">
      <span className="min-w-0 flex-1 pl-2">
        <span className="flex">
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="figures text-12 text-text-3">
            {side.filter((part) => part !== null).join(' · ')}
          </span>
        </span>
        <span className="figures block truncate text-12 text-text-3">{text}</span>
      </span>
      <span className="model-action text-accent-text">{chosen && <Icon icon={Check} small />}</span>
    </Command.Item>
  );
}
