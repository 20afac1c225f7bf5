/* The page that stands in for ours when ours keeps crashing: it needs nothing that could break. */
(() => {
  const asked = new URLSearchParams(location.search);
  for (const id of ['title', 'text', 'open']) {
    const element = document.getElementById(id);
    if (element) element.textContent = asked.get(id);
  }
  const open = document.getElementById('open');
  const next = asked.get('next');
  if (open && next?.startsWith('index.html?')) open.setAttribute('href', next);
  open?.focus();
})();
