// Runs before the page is drawn: chooses light or dark, and answers the few controls that must work without a circuit.
(() => {
  'use strict';

  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const choices = ['system', 'light', 'dark'];
  const key = 'approvals.theme';

  const remembered = () => {
    try {
      const choice = localStorage.getItem(key);
      return choices.includes(choice) ? choice : 'system';
    } catch {
      return 'system'; // Storage can be forbidden; the system's choice always works.
    }
  };

  const apply = choice => {
    root.dataset.themeChoice = choice;
    root.dataset.theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
  };

  const turn = () => {
    const choice = choices[(choices.indexOf(root.dataset.themeChoice) + 1) % choices.length];
    try {
      localStorage.setItem(key, choice);
    } catch {
      // Then it lasts until the page is loaded again.
    }
    apply(choice);
  };

  apply(remembered());
  dark.addEventListener('change', () => apply(root.dataset.themeChoice));
  addEventListener('storage', event => event.key === key && apply(remembered()));

  // Where the page has to be left, or the server has forgotten it, what was being written stays in this tab for its writer,
  // until it is taken up or they sign out. console.js gives it back.
  const keep = () => {
    const person = document.querySelector('.console')?.dataset.person;
    try {
      for (const field of person ? document.querySelectorAll('[data-keep]:not([data-saved])') : []) {
        if (field.value) {
          sessionStorage.setItem(`approvals.kept/${person}${location.pathname}#${field.dataset.keep}`, field.value);
        }
      }
    } catch {
      // Then the page comes back without it.
    }
  };

  const forget = () => {
    removeEventListener('pagehide', keep);
    try {
      Object.keys(sessionStorage).filter(name => name.startsWith('approvals.kept/')).forEach(name => sessionStorage.removeItem(name));
    } catch {
      // Then nothing was kept.
    }
  };

  addEventListener('pagehide', keep);
  addEventListener('submit', event => event.target.action.includes('/console/sign-out') && forget());
  // The server says when it has a text; what is typed while nobody hears it, it does not have.
  addEventListener('input', event => event.target.removeAttribute('data-saved'));

  const actions = {
    theme: turn,
    reload: () => location.reload(),
    reconnect: async () => await Blazor.reconnect() || location.reload(),
    skip: event => {
      event.preventDefault();
      document.getElementById('main')?.focus();
    },
  };

  addEventListener('click', event => {
    actions[event.target.closest('[data-action]')?.dataset.action]?.(event);
    document.querySelectorAll('details[data-menu][open]').forEach(menu => menu.contains(event.target) || menu.removeAttribute('open'));
  });

  addEventListener('keydown', event => {
    // Deciding is never an accident of the Enter key.
    if (event.key === 'Enter' && event.target.closest?.('[data-no-enter]')) {
      event.preventDefault();
    }
    if (event.key === 'Escape') {
      document.querySelectorAll('details[data-menu][open]').forEach(menu => {
        menu.removeAttribute('open');
        menu.querySelector('summary').focus();
      });
    }
  }, true);

  addEventListener('DOMContentLoaded', () => {
    const notice = document.getElementById('components-reconnect-modal');
    notice?.addEventListener('components-reconnect-state-changed', event => {
      if (event.detail.state === 'rejected') {
        location.reload();
      }
    });
  });
})();
