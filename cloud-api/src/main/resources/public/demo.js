// The demo's controls and counters. Shown only if the server runs a demo; else /demo answers 404.

import { el, reconcile, setText } from './dom.js';
import { title } from './words.js';

const POLL_INTERVAL = 1000;
const COUNTERS = ['recorded', 'waiting', 'acknowledged'];
const HINTS = {
  recorded: 'Events the gateway has written to its disk',
  waiting: 'Events on the gateway’s disk that the cloud has not confirmed',
  acknowledged: 'Events the cloud has stored and confirmed',
};

/** Polls the demo's status into the panel; stops and hides it if there is no demo. nameOf: gym id to name. */
export async function startDemo(panel, nameOf) {
  const list = el('ul', 'demo-gyms');
  const total = el('span', 'demo-total');
  const details = el('details', '', el('summary', '', el('span', 'demo-title', 'Demo'), total), list);
  details.open = matchMedia('(min-width: 48rem)').matches;
  panel.append(details);

  async function poll() {
    const response = await fetch('/demo', { cache: 'no-store' }).catch(() => null);
    if (response?.status === 404) {
      panel.hidden = true;
      return;
    }
    if (response?.ok) draw(panel, list, total, await response.json(), nameOf);
    setTimeout(poll, POLL_INTERVAL);
  }
  await poll();
}

function draw(panel, list, total, status, nameOf) {
  panel.hidden = false;
  document.body.classList.add('has-demo');
  const waiting = status.gyms.reduce((sum, gym) => sum + gym.waiting, 0);
  setText(total, `${waiting} waiting · ${status.updates} updates`);
  reconcile(list, status.gyms, (gym) => gym.gym, newGym, (item, gym) => drawGym(item, gym, nameOf(gym.gym)));
}

function newGym(gym) {
  const button = el('button', 'cut');
  button.type = 'button';
  button.addEventListener('click', () => toggle(button, gym.gym));
  const counters = el('dl', 'counters', ...COUNTERS.map((name) => {
    const pair = el('div', `counter counter-${name}`, el('dt', '', title(name)), el('dd'));
    pair.title = HINTS[name];
    return pair;
  }));
  return el('li', 'demo-gym', el('p', 'demo-name', el('span'), el('small')), counters, button);
}

function drawGym(item, gym, name) {
  const [label, counters, button] = item.children;
  item.dataset.up = String(gym.up);
  setText(label.firstChild, name);
  setText(label.lastChild, gym.up ? 'internet up' : 'internet cut');
  COUNTERS.forEach((counter, index) => setText(counters.children[index].lastChild, gym[counter].toLocaleString()));
  button.dataset.up = String(gym.up);
  setText(button, gym.up ? 'Cut the internet' : 'Restore');
  button.setAttribute('aria-label', `${button.textContent}: ${name}`);
}

async function toggle(button, gym) {
  button.disabled = true;
  try {
    await fetch(`/demo/links/${encodeURIComponent(gym)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ up: button.dataset.up !== 'true' }),
    });
  } finally {
    button.disabled = false;
  }
}
