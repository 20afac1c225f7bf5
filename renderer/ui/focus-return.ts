/**
 * Whether the focus lies where the user, or what was opened from here, has put it. What closes over the page
 * gives the focus back a moment later, and what is typed by then must not go elsewhere.
 */
function isElsewhere({ target }: Event): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return false;
  return !(target instanceof Node && target.contains(active));
}

/** Leaves it to the primitive to give the focus back, unless it lies elsewhere. */
export function leaveFocusElsewhere(event: Event): void {
  if (isElsewhere(event)) event.preventDefault();
}

/** Gives the focus back in place of the primitive, unless it lies elsewhere. */
export function giveFocusBack(event: Event, give: () => void): void {
  event.preventDefault();
  if (!isElsewhere(event)) give();
}
