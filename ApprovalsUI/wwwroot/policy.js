// What the policy pages ask the browser for.

export function goToLine(id, line) {
  const area = document.getElementById(id);
  if (!area) {
    return;
  }
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const top = area.getBoundingClientRect().top + scrollY + (line - 0.5) / lines.length * area.clientHeight;
  scrollTo({ top: top - innerHeight / 2, behavior: calm ? 'auto' : 'smooth' });
}

export function download(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// The line follows the pointer at once; the figures follow when the circuit answers.
export function slide(plot, circuit) {
  const scores = 101;
  let held = null;
  let grip = 0; // how far from its line the flag was taken

  const at = event => (event.clientX - plot.getBoundingClientRect().left) / plot.clientWidth * scores;
  const say = score => circuit.invokeMethodAsync('Slide', held.dataset.line, score);

  plot.addEventListener('pointerdown', event => {
    const line = event.target.closest('[data-line]');
    if (!line || event.button !== 0) {
      return;
    }
    held = line;
    held.said = Number(line.getAttribute('aria-valuenow'));
    grip = at(event) - held.said;
    line.setPointerCapture(event.pointerId);
  });
  plot.addEventListener('pointermove', event => {
    if (!held) {
      return;
    }
    const score = Math.max(Number(held.getAttribute('aria-valuemin')), Math.min(Number(held.getAttribute('aria-valuemax')), Math.round(at(event) - grip)));
    if (score !== held.said) {
      held.said = score;
      held.firstElementChild.style.setProperty('--at', score);
      say(score);
    }
  });
  const drop = () => {
    const dropped = held;
    held = null;
    setTimeout(() => dropped?.firstElementChild.style.removeProperty('--at'), 300);
  };
  plot.addEventListener('pointerup', drop);
  plot.addEventListener('pointercancel', drop);
  // Otherwise the page scrolls with the arrows that move a line.
  plot.addEventListener('keydown', event => {
    if (event.target.closest('[data-line]') && /^(Arrow|Page|Home|End)/.test(event.key)) {
      event.preventDefault();
    }
  });
}
