// The demo's switch and counters. Shown only where the server runs a demo; elsewhere /demo answers 404.

import { el, keyed, say } from './dom.js';
import { title } from './words.js';

const EVERY = 1000;
const COUNTERS = ['recorded', 'waiting', 'acknowledged'];
const HINTS = {
  recorded: 'Events the gateway has written to its disk',
  waiting: 'Events on the gateway’s disk that the cloud has not confirmed',
  acknowledged: 'Events the cloud has stored and confirmed',
};

/** Asks once whether there is a demo, and if so keeps the panel fresh. nameOf: gym id to name. */
export async function startDemo(panel, nameOf) {
  const list = el('ul', 'demo-gyms');
  const total = el('span', 'demo-total');
  const details = el('details', '', el('summary', '', el('span', 'demo-title', 'Demo'), total), list);
  details.open = matchMedia('(min-width: 48rem)').matches;
  panel.append(details);

  async function turn() {
    const answer = await fetch('/demo', { cache: 'no-store' }).catch(() => null);
    if (answer?.status === 404) {
      panel.hidden = true;
      return;
    }
    if (answer?.ok) draw(panel, list, total, await answer.json(), nameOf);
    setTimeout(turn, EVERY);
  }
  await turn();
}

function draw(panel, list, total, status, nameOf) {
  panel.hidden = false;
  document.body.classList.add('has-demo');
  const waiting = status.gyms.reduce((sum, gym) => sum + gym.waiting, 0);
  say(total, `${waiting} waiting · ${status.updates} updates`);
  keyed(list, status.gyms, (gym) => gym.gym, newGym, (item, gym) => drawGym(item, gym, nameOf(gym.gym)));
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
  say(label.firstChild, name);
  say(label.lastChild, gym.up ? 'internet up' : 'internet cut');
  COUNTERS.forEach((counter, index) => say(counters.children[index].lastChild, gym[counter].toLocaleString()));
  button.dataset.up = String(gym.up);
  say(button, gym.up ? 'Cut the internet' : 'Restore');
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
