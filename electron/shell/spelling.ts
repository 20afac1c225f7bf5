import type { Session } from 'electron';
import { dictionariesFor } from './dictionaries';
import { computerLanguages } from './look';

/**
 * Checks spelling in the languages of the computer, or not at all. Where the system has no dictionaries
 * of its own, Chromium fetches one that is missing; as long as this is off nothing is fetched.
 */
export function checkSpelling(session: Session, wanted: boolean): void {
  session.setSpellCheckerEnabled(wanted);
  // macOS finds out the language by itself and takes no list.
  if (!wanted || process.platform === 'darwin') return;
  session.setSpellCheckerLanguages(
    dictionariesFor(computerLanguages(), session.availableSpellCheckerLanguages),
  );
}
