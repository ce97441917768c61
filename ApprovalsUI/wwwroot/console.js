// What the circuit asks the browser for.

export function start() {
  document.documentElement.dataset.ready = '';
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

// What shell.js kept of a field, for its writer alone.
const keyOf = field => `approvals.kept/${document.querySelector('.console').dataset.person}${location.pathname}#${field}`;

export function readKept(field) {
  try {
    return sessionStorage.getItem(keyOf(field));
  } catch {
    return null; // Storage can be forbidden.
  }
}

export function dropKept(field) {
  try {
    sessionStorage.removeItem(keyOf(field));
  } catch {
    // Then nothing was kept.
  }
}

export function takeKept(field) {
  const words = readKept(field);
  dropKept(field);
  return words;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // Not every browser lets a page do this.
  }
}

export const isHidden = () => document.hidden;

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
