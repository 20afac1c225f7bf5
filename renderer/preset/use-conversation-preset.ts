import { useTranslation } from 'react-i18next';
import type { ChatSettings } from '../../shared/chat-settings';
import type { Conversation } from '../../shared/contract/conversation';
import type { Preset } from '../../shared/contract/preset';
import type { PresetId } from '../../shared/ids';
import { client, orpc, queryClient } from '../rpc/client';
import { notify } from '../ui/toaster';
import { filledContent } from './differences';
import { type PresetUse, usePresetActions } from './use-preset-actions';
import { presetNamed, usePresets } from './use-presets';
import { askVariables } from './variables';

type Chosen = Pick<Conversation, 'id' | 'presetId' | 'connectionId' | 'model'>;

interface ConversationPresetParts {
  readonly conversation: Chosen;
  /** What the next message is sent with. */
  readonly settings: ChatSettings;
  readonly changeSettings: (settings: ChatSettings) => void;
}

/** The preset of a conversation that has begun. Its opening is not used any more. */
export function useConversationPreset(parts: ConversationPresetParts): PresetUse {
  const { conversation, settings, changeSettings } = parts;
  const { id, connectionId, model } = conversation;
  const { t } = useTranslation();
  const preset = presetNamed(usePresets(), conversation.presetId);
  const readAgain = () =>
    queryClient.invalidateQueries({
      queryKey: orpc.conversations.get.queryKey({ input: { id } }),
    });
  const failed = () => {
    notify({ text: t('presets.notChosen') });
    void readAgain();
  };

  const adopt = async (presetId: PresetId | null) => {
    await client.conversations.choosePreset({ id, presetId });
    await readAgain();
  };
  const undo = async () => {
    try {
      await client.conversations.choosePreset({ id, presetId: preset?.id ?? null });
      if (connectionId !== null && model !== null) {
        await client.conversations.choose({ id, connectionId, model });
      }
      changeSettings(settings);
      await readAgain();
    } catch {
      failed();
    }
  };
  const choose = async (next: Preset | null) => {
    // What stood before the first question is none of this conversation's.
    const values = next && (await askVariables(next.name, [next.content.settings.system]));
    if (next && !values) return;
    try {
      await client.conversations.choosePreset({ id, presetId: next?.id ?? null });
      // As they are with the variables filled in, and over what is shown before it is stored.
      if (next) changeSettings(filledContent(next.content, values ?? {}).settings);
      await readAgain();
    } catch {
      failed();
      return;
    }
    notify({
      text: next ? t('presets.taken', { name: next.name }) : t('presets.left'),
      action: { label: t('presets.undo'), onSelect: () => void undo() },
    });
  };
  const actions = usePresetActions({
    preset,
    settings,
    model,
    connectionId,
    changeSettings,
    adopt,
  });
  return { ...actions, choose };
}
