import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useFrameState } from '../state/frame-state';

const Palette = lazy(async () => ({
  default: (await import('../features/palette/palette')).Palette,
}));
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../features/shortcuts/shortcuts-dialog')).ShortcutsDialog,
}));

/** What stands over every page on request; none of it is loaded before it was asked for once. */
export function Overlays() {
  const palette = useFrameState((state) => state.paletteOpen);
  const shortcuts = useFrameState((state) => state.shortcutsOpen);
  return (
    <>
      <OnceAsked open={palette} Body={Palette} />
      <OnceAsked open={shortcuts} Body={ShortcutsDialog} />
    </>
  );
}

function OnceAsked({ open, Body }: { open: boolean; Body: ComponentType }) {
  const [asked, setAsked] = useState(false);
  if (open && !asked) setAsked(true);
  if (!asked) return null;
  return (
    <Suspense fallback={null}>
      <Body />
    </Suspense>
  );
}
