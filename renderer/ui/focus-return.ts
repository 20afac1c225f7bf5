/**
 * For what closes over the page: it gives the focus back a moment later, and by then it may lie where the
 * user, or what was opened from here, has put it. What is typed there must not go elsewhere.
 */
export function leaveFocusElsewhere(event: Event): void {
  const active = document.activeElement;
  if (active === null || active === document.body) return;
  if (event.target instanceof Node && event.target.contains(active)) return;
  event.preventDefault();
}
