import type { TFunction } from 'i18next';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../shared/contract/connection';
import {
  type EstimateBasis,
  likelyReply,
  possibleOffers,
  type Range,
} from '../../../shared/estimate';
import type { ParameterValues } from '../../../shared/parameters';
import { Estimate } from '../../ui/estimate';
import { count } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Tooltip } from '../../ui/tooltip';
import { priceText } from './model-text';
import { turnEstimate, turnOf } from './next-turn';
import { contextTokens, type PromptTokens, promptTotal } from './send-estimate';
import type { Asked } from './use-asked';
import { type EstimateParts, usePromptTokens } from './use-estimate';
import { useMultiplierText } from './use-multiplier-text';
import { saysSomething, useWritten } from './written-text';

export interface ComposerFootProps extends EstimateParts {
  asked: Asked;
  /** Names the price for the button that spends. */
  priceId: string;
  /** Stands in the place of the price, e.g. why nothing can be sent. */
  note: ReactNode;
  chips: ReactNode;
  tools: ReactNode;
  buttons: ReactNode;
}

/**
 * The composer below its text: what is asked, about what it costs, and the buttons. The estimate is drawn
 * here and nowhere else, so that a change of it costs no more than this line.
 */
export function ComposerFoot(props: ComposerFootProps) {
  const { asked, written, items, note } = props;
  const tokens = usePromptTokens(props);
  const something = useWritten(written, saysSomething) || items.length > 0;
  const { catalogue } = asked.state;
  const models = asked.models.map((name) => catalogue?.models.find(({ id }) => id === name));
  return (
    <>
      {something && tokens && (
        <TooLong prompt={promptTotal(tokens)} models={models} values={asked.counted} />
      )}
      {props.chips}
      <div className="composer-tools">
        {props.tools}
        <span className="min-w-0 flex-1" />
        {note ?? <Price {...props} models={models} tokens={something ? tokens : null} />}
        {props.buttons}
      </div>
    </>
  );
}

interface PriceProps extends ComposerFootProps {
  models: readonly (Model | undefined)[];
  /** Null while nothing is written. */
  tokens: PromptTokens | null;
}

function Price({ asked, priceId, models, tokens }: PriceProps) {
  const { t } = useTranslation();
  const { short, explained } = useMultiplierText();
  const times = short(asked.multiplier);
  const [first = {}] = asked.counted;
  if (tokens === null) {
    const [model] = models;
    const text = times ?? (model ? listPrice(model, first, t) : null);
    return text && <Note id={priceId} lines={explained(asked.multiplier)} text={text} />;
  }
  const prompt = promptTotal(tokens);
  const price = turnEstimate(turnOf(asked), prompt);
  const [source] = asked.sources;
  const lines = [
    ...partsText(tokens, t),
    price && source
      ? replyText(price.basis, likelyReply(source.record, first), t)
      : t('composer.price.unknown'),
    ...explained(asked.multiplier),
  ];
  const figure =
    price === null ? (
      t('composer.price.tokens', { count: prompt, tokens: count(prompt) })
    ) : (
      <Estimate low={price.low} high={price.high} />
    );
  return (
    <Note
      id={priceId}
      lines={lines}
      text={
        <>
          {times !== null && (
            <>
              {times}
              {t('composer.price.comma')}
            </>
          )}
          {figure}
        </>
      }
    />
  );
}

/** A button, so that keyboards reach its explanation too. */
function Note({ id, lines, text }: { id: string; lines: readonly string[]; text: ReactNode }) {
  const button = (
    <button type="button" id={id} className="composer-note min-w-0 rounded-1">
      {text}
    </button>
  );
  if (lines.length === 0)
    return (
      <span id={id} className="composer-note min-w-0">
        {text}
      </span>
    );
  return (
    <Tooltip
      side="top"
      content={lines.map((line) => (
        <span key={line} className="figures block whitespace-normal">
          {line}
        </span>
      ))}
    >
      {button}
    </Tooltip>
  );
}

/** What a model asks by its list, where one price is known. */
function listPrice(model: Model, values: ParameterValues, t: TFunction): string | null {
  const [offer] = possibleOffers(model, values);
  if (!offer || (offer.inputPrice === null && offer.outputPrice === null)) return null;
  return priceText(offer, t);
}

/** What the prompt is made of, a line for each part. */
function partsText(
  { history, typed, files, images }: PromptTokens,
  t: TFunction,
): readonly string[] {
  const part = (key: 'typed' | 'files' | 'images' | 'history', tokens: number) =>
    tokens > 0 ? [t(`composer.price.${key}`, { count: tokens, tokens: count(tokens) })] : [];
  return [
    ...part('typed', typed),
    ...part('files', files),
    ...part('images', images),
    ...part('history', history),
  ];
}

/** How long an answer is thought to be, and where its price comes from. */
function replyText(basis: EstimateBasis, { low, high }: Range<number>, t: TFunction): string {
  const range = { low: count(low), high: count(high) };
  return t(basis === 'ledger' ? 'composer.price.replyPaid' : 'composer.price.reply', range);
}

interface TooLongProps {
  prompt: number;
  models: readonly (Model | undefined)[];
  /** What counts for each of them. */
  values: readonly ParameterValues[];
}

/** Says when a message is too long for a model to take in. */
function TooLong({ prompt, models, values }: TooLongProps) {
  const { t } = useTranslation();
  const short = models.flatMap((model, at) => {
    const most = model ? contextTokens(possibleOffers(model, values[at] ?? {})) : null;
    return model && most !== null && prompt > most ? [{ model: model.id, most }] : [];
  });
  const [first] = short;
  if (!first) return null;
  return (
    <p
      role="status"
      className="figures flex gap-1.5 px-[15px] pt-1 text-12 whitespace-normal text-warn"
    >
      <Icon icon={TriangleAlert} small className="mt-px flex-none" />
      {t('composer.tooLongFor', {
        tokens: count(prompt),
        model: first.model,
        most: count(first.most),
      })}
    </p>
  );
}
