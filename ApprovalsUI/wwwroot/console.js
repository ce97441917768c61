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

// What a person keeps in this browser for themself, such as searches. It stays when they sign out.
const ownKey = name => `approvals.own/${document.querySelector('.console').dataset.person}/${name}`;

export function readOwn(name) {
  try {
    return localStorage.getItem(ownKey(name));
  } catch {
    return null; // Storage can be forbidden.
  }
}

export function keepOwn(name, words) {
  try {
    localStorage.setItem(ownKey(name), words);
    return true;
  } catch {
    return false; // Forbidden, or full.
  }
}

export async function save(name, file, type) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([await file.arrayBuffer()], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

export const isHidden = () => document.hidden;

export function goTo(id) {
  const element = document.getElementById(id);
  if (!element) {
    return;
  }
  element.closest('details:not([open])')?.setAttribute('open', '');
  element.scrollIntoView({ block: 'center', behavior: isCalm() ? 'auto' : 'smooth' });
  element.focus({ preventScroll: true });
}
