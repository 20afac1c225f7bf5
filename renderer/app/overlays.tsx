import { type ComponentType, lazy, Suspense, useEffect, useState } from 'react';
import { useBudgetStop } from '../budget/budget-stop';
import { useFrameState } from '../state/frame-state';
import { useImportRequest } from '../state/import-request';
import { useTranscriptRequest } from '../state/transcript-request';
import { useHandedFile } from './handed-file';
import { ImportDrop } from './import-drop';

const loadPalette = async () => ({
  default: (await import('../features/palette/palette')).Palette,
});
const Palette = lazy(loadPalette);
const BudgetStopDialog = lazy(async () => ({
  default: (await import('../budget/budget-stop-dialog')).BudgetStopDialog,
}));
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../features/shortcuts/shortcuts-dialog')).ShortcutsDialog,
}));

const TranscriptDialog = lazy(async () => ({
  default: (await import('../features/transcripts/transcript-dialog')).TranscriptDialog,
}));

const ImportDialog = lazy(async () => ({
  default: (await import('../features/imports/import-dialog')).ImportDialog,
}));

/** What stands over every page on request; the start does not wait for it. */
export function Overlays() {
  const palette = useFrameState((state) => state.paletteOpen);
  const shortcuts = useFrameState((state) => state.shortcutsOpen);
  const stopped = useBudgetStop((state) => state.asked !== null);
  const transcript = useTranscriptRequest((state) => state.asked !== null);
  const importing = useImportRequest((state) => state.asked);
  useHandedFile();
  useEffect(() => {
    // One types on as soon as the keys are pressed; the words must not go elsewhere meanwhile.
    const idle = requestIdleCallback(() => void loadPalette().catch(() => {}));
    return () => cancelIdleCallback(idle);
  }, []);
  return (
    <>
      <OnceAsked open={palette} Body={Palette} />
      <OnceAsked open={shortcuts} Body={ShortcutsDialog} />
      <OnceAsked open={stopped} Body={BudgetStopDialog} />
      <OnceAsked open={importing} Body={ImportDialog} />
      <OnceAsked open={transcript} Body={TranscriptDialog} />
      <ImportDrop />
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
