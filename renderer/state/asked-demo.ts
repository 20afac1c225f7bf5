import { type StartInDemo, startInDemo } from '../../shared/start-in-demo';

/** What of the demo the window's address asks for; null for nothing of it. */
export function askedDemo(): StartInDemo | null {
  const asked = startInDemo.safeParse(new URLSearchParams(location.search).get('demo'));
  return asked.success ? asked.data : null;
}
