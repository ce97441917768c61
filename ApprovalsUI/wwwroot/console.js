// What the circuit asks the browser for.

export function start() {
  document.documentElement.dataset.ready = '';
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function takeDraft() {
  const key = 'approvals.draft' + location.pathname;
  try {
    const draft = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    return draft;
  } catch {
    return null; // Storage can be forbidden.
  }
}

export function goTo(id) {
  const element = document.getElementById(id);
  if (!element) {
    return;
  }
  element.closest('details:not([open])')?.setAttribute('open', '');
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  element.focus({ preventScroll: true });
}
