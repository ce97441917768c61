// Hands on keys: an element says with data-key which key is its own, and this finds it. A key is the press of a button that
// is there, or the focus of a field; it can do nothing that a click cannot.
(() => {
  'use strict';

  const root = document.documentElement;
  const deciding = ['a', 'r'];
  const settleTime = 600; // A key that was meant for the last review must not decide the next.

  // Which person wants no keys is remembered in this browser, beside what else is their own.
  const ownKey = () => `approvals.own/${document.querySelector('.console')?.dataset.person}/keys`;

  const areOff = () => {
    try {
      return localStorage.getItem(ownKey()) === 'off';
    } catch {
      return root.dataset.keys === 'off'; // Then it lasts until the page is loaded again.
    }
  };

  const show = off => {
    root.dataset.keys = off ? 'off' : 'on';
    document.querySelectorAll('[data-keys-switch]').forEach(box => {
      box.checked = !off;
    });
  };

  const turn = on => {
    show(!on);
    try {
      localStorage.setItem(ownKey(), on ? 'on' : 'off');
    } catch {
      // See areOff.
    }
  };

  const isSeen = element => element.checkVisibility({ visibilityProperty: true });
  const find = key => [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(isSeen);
  const isField = element => element?.matches?.('input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]');
  const isDialogOpen = () => document.querySelector('dialog[open], [role=dialog]');

  // A deciding button rests for a moment from when it appeared, or could be pressed again, and belongs to the page it appeared on.
  const pages = new WeakMap();
  const look = () => {
    for (const button of deciding.map(find)) {
      const before = button && pages.get(button);
      if (button && (!before || before.disabled !== button.disabled)) {
        const now = { path: before?.path ?? location.pathname, disabled: button.disabled };
        pages.set(button, now);
        button.dataset.keyRests = '';
        setTimeout(() => pages.get(button) === now && delete button.dataset.keyRests, settleTime);
      }
    }
  };

  const isSettled = button => {
    look();
    return !button.disabled && button.dataset.keyRests === undefined && pages.get(button).path === location.pathname;
  };

  const rows = () => [...document.querySelectorAll('[data-key="row"]')].filter(isSeen);
  let lastRow;

  const rowOf = element => element?.closest('[role=listitem]')?.querySelector('[data-key="row"]');

  const goTo = row => {
    row.focus({ preventScroll: true });
    row.closest('[role=listitem]').scrollIntoView({ block: 'nearest' });
    lastRow = row.getAttribute('href');
  };

  // Only the rows in sight are there: at the edge the list is moved on, and the next row comes with it.
  const step = (by, patience = 60) => {
    const all = rows();
    const at = all.indexOf(rowOf(document.activeElement));
    const next = at >= 0 ? all[at + by] : all.find(row => row.getAttribute('href') === lastRow) ?? all[0];
    if (next) {
      goTo(next);
    } else if (at >= 0 && patience > 0) {
      const edge = all[at].closest('[role=listitem]');
      const beyond = by > 0 ? edge.nextElementSibling : edge.previousElementSibling;
      if (beyond?.getBoundingClientRect().height > 0) {
        beyond.scrollIntoView({ block: by > 0 ? 'start' : 'end' });
        requestAnimationFrame(() => step(by, patience - 1));
      }
    }
  };

  const acts = {
    j: () => step(1),
    k: () => step(-1),
    o: () => (rowOf(document.activeElement) ?? rows()[0])?.click(),
    // To reject takes a reason: first the field, and once there is one, the button.
    r: button => {
      const reason = button.closest('section, form')?.querySelector('textarea:not([aria-hidden])');
      if (reason && !reason.disabled && reason.value.trim() === '') {
        reason.focus();
      } else {
        button.click();
      }
    },
    '?': help,
  };

  function help() {
    const dialog = document.getElementById('keys-help');
    dialog?.querySelectorAll('[data-for]').forEach(line => {
      line.hidden = !line.dataset.for.split(' ').some(find);
    });
    dialog?.showModal();
  }

  const press = key => {
    const element = find(key);
    if (acts[key] && (element || key === 'j' || key === 'k' || key === 'o')) {
      acts[key](element);
    } else if (isField(element)) {
      element.focus();
      element.select?.();
    } else {
      element?.click();
    }
    return Boolean(element) || ((key === 'j' || key === 'k' || key === 'o') && rows().length > 0);
  };

  addEventListener('keydown', event => {
    if (event.key === 'Escape' && isField(event.target) && !isDialogOpen()) {
      event.target.blur();
      return;
    }
    if (areOff() || event.defaultPrevented || event.repeat || event.isComposing || event.ctrlKey || event.altKey || event.metaKey
      || event.key.length !== 1 || event.key === ' ' || isField(event.target) || isDialogOpen()) {
      return;
    }
    const button = deciding.includes(event.key) && find(event.key);
    if (button && !isSettled(button)) {
      return;
    }
    if (press(event.key)) {
      event.preventDefault(); // The key is not also written into the field it leads to.
    }
  });

  addEventListener('click', event => {
    if (event.target.closest?.('[data-keys-help]')) {
      help();
    }
    if (event.target.closest?.('[data-keys-close]') || event.target.id === 'keys-help') {
      document.getElementById('keys-help').close();
    }
  });

  addEventListener('change', event => event.target.matches?.('[data-keys-switch]') && turn(event.target.checked));

  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(() => {
      look();
      if (root.dataset.keys === undefined && document.querySelector('.console')?.dataset.person) {
        show(areOff());
      }
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'data-person'] });
  });
})();
