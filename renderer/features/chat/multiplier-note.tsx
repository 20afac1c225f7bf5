import { Tooltip } from '../../ui/tooltip';
import type { Multiplier } from './cost-multiplier';
import { useMultiplierText } from './use-multiplier-text';

/** Beside Send: how many answers one message is paid for, whenever it is not one. */
export function MultiplierNote({ multiplier, id }: { multiplier: Multiplier; id?: string }) {
  const { short, explained } = useMultiplierText();
  const text = short(multiplier);
  if (text === null) return null;
  return (
    <Tooltip
      side="top"
      content={explained(multiplier).map((sentence) => (
        <span key={sentence} className="block">
          {sentence}
        </span>
      ))}
    >
      {/* A button, so that keyboards reach its explanation too. */}
      <button type="button" id={id} className="composer-note flex-none rounded-1">
        {text}
      </button>
    </Tooltip>
  );
}
