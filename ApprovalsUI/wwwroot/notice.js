// Tells a person who looks elsewhere that something waits for them: a notification, a soft sound, each only where they have
// switched it on in this browser. Words come ready from the circuit, and none of them is a prompt's.

const between = 10_000;
const tab = String(Math.random());
const ownKey = what => `approvals.own/${document.querySelector('.console')?.dataset.person}/${what}`;
const lasting = {}; // Storage can be forbidden; then a choice lasts until the page is loaded again.
let asking;
let audio;

const isOn = what => {
  try {
    return localStorage.getItem(ownKey(what)) === 'on';
  } catch {
    return lasting[what] === true;
  }
};

const permission = () => 'Notification' in window && isSecureContext ? Notification.permission : 'unsupported';

const state = () => ({ notify: isOn('notify'), sound: isOn('sound'), permission: permission() });

// Browsers let a page ask, or make a sound, only while it answers somebody's hand; a round trip to the server may be too late.
addEventListener('change', event => {
  const what = event.target.checked && event.target.dataset?.notice;
  if (what === 'notify' && permission() === 'default') {
    asking = Notification.requestPermission();
  }
  if (what === 'sound') {
    chime();
  }
});

export const read = () => state();

export async function turn(what, on) {
  lasting[what] = on;
  try {
    localStorage.setItem(ownKey(what), on ? 'on' : 'off');
  } catch {
    // See isOn.
  }
  await asking?.catch(() => {});
  return state();
}

// Of several tabs one tells: one that is seen before those that are not.
const isToldElsewhere = () => {
  try {
    const [when, by] = (localStorage.getItem(ownKey('noticed')) ?? '0 ').split(' ');
    if (by !== tab && Date.now() - Number(when) < between) {
      return true;
    }
    localStorage.setItem(ownKey('noticed'), `${Date.now()} ${tab}`);
  } catch {
    // Then each tab tells.
  }
  return false;
};

export async function tell(words, path) {
  if (document.hidden) {
    await new Promise(goOn => setTimeout(goOn, 300));
  }
  if (isToldElsewhere()) {
    return;
  }
  if (isOn('sound')) {
    chime();
  }
  if (isOn('notify') && permission() === 'granted' && document.hidden) {
    show(words, path);
  }
}

function show(words, path) {
  try {
    const notice = new Notification(words, { tag: 'approvals', renotify: true, silent: true });
    notice.onclick = () => {
      window.focus();
      notice.close();
      Blazor.navigateTo(path);
    };
  } catch {
    // Some browsers, those of phones above all, show none for a page.
  }
}

// Two soft notes, half a second in all.
async function chime() {
  try {
    audio ??= new AudioContext();
    await audio.resume();
    for (const [pitch, after] of [[587, 0], [784, 0.14]]) {
      const note = new OscillatorNode(audio, { frequency: pitch });
      const loudness = new GainNode(audio, { gain: 0 });
      const start = audio.currentTime + after;
      loudness.gain.setValueAtTime(0, start);
      loudness.gain.linearRampToValueAtTime(0.08, start + 0.03);
      loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.35);
      note.connect(loudness).connect(audio.destination);
      note.start(start);
      note.stop(start + 0.4);
    }
  } catch {
    // No sound here.
  }
}
