/* A classic script, so that it runs before the first paint: the window's address names the look. */
(() => {
  const asked = new URLSearchParams(location.search);
  const root = document.documentElement;
  const theme = asked.get('theme');
  const dark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  const motion = asked.get('motion');
  const still =
    motion === 'reduced' ||
    (motion !== 'full' && matchMedia('(prefers-reduced-motion: reduce)').matches);
  root.dataset.motion = still ? 'reduced' : 'full';
  const fontSize = Number(asked.get('fontSize'));
  if (fontSize >= 12 && fontSize <= 24) root.style.setProperty('--reading', String(fontSize));
  const platform = asked.get('platform');
  if (/^(darwin|win32|linux)$/.test(platform ?? '')) root.dataset.platform = platform;
  root.lang = asked.get('language') ?? 'en';
})();
