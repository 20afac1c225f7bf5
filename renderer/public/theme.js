/* A classic script, so that it runs before the first paint: the window's address names the theme. */
(() => {
  const asked = new URLSearchParams(location.search).get('theme');
  const dark =
    asked === 'dark' || (asked !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
