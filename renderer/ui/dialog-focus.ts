/**
 * For a menu that closes: what was opened from it may have the focus already, and would lose what is typed
 * while the menu gives the focus back.
 */
export function leaveFocusToDialog(event: Event): void {
  const dialog = document.activeElement?.closest('[role="dialog"], [role="alertdialog"]');
  if (dialog) event.preventDefault();
}
