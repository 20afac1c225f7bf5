import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommandId, type OwnKeys, usualKeys } from '../../../shared/commands';
import { useChangeSettings } from '../../state/change-settings';
import { commandWith, useOwnKeys, withKeys } from '../../state/shortcuts';
import { MAC_KEYS } from '../../ui/key-combination';
import { notify } from '../../ui/toaster';
import { type Refusal, refusalOf } from './key-rules';

/** Why the keys that were chosen last are not a command's yet. */
export interface Obstacle {
  readonly id: CommandId;
  readonly keys: string;
  /** The command that has them, or why no command may. */
  readonly because: { readonly holder: CommandId } | { readonly refusal: Refusal };
}

export interface Rebinding {
  readonly own: OwnKeys;
  readonly obstacle: Obstacle | null;
  /** Gives a command these keys; null takes them away. What stands against it becomes the obstacle. */
  readonly choose: (id: CommandId, keys: string | null) => void;
  readonly reset: (id: CommandId) => void;
  readonly resetAll: () => void;
  /** Takes the keys from the command that has them. */
  readonly takeOver: (id: CommandId, keys: string, holder: CommandId) => void;
  readonly forget: () => void;
}

/** Changes the keys of commands; only what differs from the usual is stored. */
export function useRebinding(): Rebinding {
  const { t } = useTranslation();
  const own = useOwnKeys();
  const change = useChangeSettings();
  const [obstacle, setObstacle] = useState<Obstacle | null>(null);
  const save = (shortcuts: OwnKeys) => {
    setObstacle(null);
    change({ shortcuts });
  };
  const give = (id: CommandId, keys: string | null) => {
    const holder = keys === null ? null : commandWith(keys, own, MAC_KEYS, id);
    if (keys !== null && holder !== null) setObstacle({ id, keys, because: { holder } });
    else save(withKeys(own, id, keys, MAC_KEYS));
  };
  return {
    own,
    obstacle,
    choose(id, keys) {
      const refusal = keys === null ? null : refusalOf(keys, MAC_KEYS);
      if (keys !== null && refusal !== null) setObstacle({ id, keys, because: { refusal } });
      else give(id, keys);
    },
    reset: (id) => give(id, usualKeys(id, MAC_KEYS)),
    resetAll() {
      save({});
      notify({
        text: t('shortcuts.allReset'),
        action: { label: t('shortcuts.undo'), onSelect: () => save(own) },
      });
    },
    takeOver: (id, keys, holder) =>
      save(withKeys(withKeys(own, holder, null, MAC_KEYS), id, keys, MAC_KEYS)),
    forget: () => setObstacle(null),
  };
}
