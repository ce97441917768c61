// The printed link carries its token behind #, which no server or log sees. It goes into the form and out of the address.
(() => {
  'use strict';

  const take = () => {
    const token = decodeURIComponent(location.hash.slice(1));
    const field = document.querySelector('input[name=token]');
    if (!token || !field) {
      return;
    }
    history.replaceState(null, '', location.pathname + location.search);
    field.value = token;
    document.querySelector('[data-token-field]').hidden = true;
    document.querySelector('[data-token-help]').hidden = true;
    document.querySelector('[data-token-ready]').hidden = false;
    document.querySelector('form.sign-in button[type=submit]')?.focus();
  };

  take();
  addEventListener('hashchange', take);
})();
