// Binding by touching: one machine at a time, without typing.

import { el, post, reconcile, setText } from './dom.js';

const byId = (id) => document.getElementById(id);
let binding = { on: false };

async function act(action, body) {
  try {
    drawBinding(await post(`/binding/${action}`, body));
  } catch (problem) {
    setText(byId('bind-message'), problem.message);
  }
}

export function startBinding() {
  byId('bind-start').addEventListener('click', async () => {
    await act('start');
    byId('touch').focus();
  });
  byId('bind-stop').addEventListener('click', () => act('stop'));
  byId('touch').addEventListener('click', () => act('touch'));
  byId('skip').addEventListener('click', () => act('skip'));
  byId('undo').addEventListener('click', () => act('undo'));
}

export function drawBinding(next) {
  const finished = binding.on && !next.on;
  binding = next;
  byId('bind-off').hidden = next.on;
  byId('bind-on').hidden = !next.on;
  if (finished) setText(byId('bind-off').querySelector('p'), 'The floor plan is written. Restart the gateway: it reads the plan when it starts. The report to keep is under “Gateway”.');
  if (!next.on) return;
  const current = next.machines.find((it) => it.id === next.current);
  const done = next.machines.filter((it) => it.sensors.length > 0).length;
  setText(byId('bind-progress'), `${done} of ${next.machines.length} machines have a sensor`);
  setText(byId('bind-machine'), current?.name ?? 'All machines have a sensor');
  setText(byId('bind-category'), current ? [current.category, ...current.sensors].join(' · ') : 'Finish, or select one below to bind it anew.');
  drawTouch(current);
  setText(byId('bind-message'), next.message);
  reconcile(byId('ranked'), next.ranked, (it) => it.key, newRanked, (item, it) => {
    setText(item.children[0], it.label);
    setText(item.children[1], `${it.percent} %`);
  });
  byId('undo').disabled = !next.machines.some((it) => it.touches !== undefined);
  setText(byId('bind-sources'), `Listening to ${next.sources}. ${next.candidates} values seen${next.leftOut ? `, ${next.leftOut} messages of others left out` : ''}.`);
  reconcile(byId('bind-machines'), next.machines, (it) => it.id, newMachine, drawMachine);
}

function drawTouch(current) {
  const button = byId('touch');
  button.disabled = !current;
  button.dataset.touching = String(binding.touching);
  setText(byId('touch-word'), binding.touching ? 'Move it' : binding.touches > 0 ? 'Touch again' : 'Touch');
  setText(byId('touch-hint'), binding.touching ? 'back and forth, a few times' : 'press, then move the machine');
}

function newRanked(candidate) {
  const choose = el('button', 'quiet', 'This one');
  choose.type = 'button';
  choose.addEventListener('click', () => act('choose', { candidate: candidate.key }));
  return el('li', '', el('span'), el('span', 'soft'), choose);
}

function newMachine(machine) {
  const button = el('button', 'machine', el('span', 'name'), el('span', 'soft'));
  button.type = 'button';
  button.addEventListener('click', () => act('select', { machine: machine.id }));
  return el('li', '', button);
}

function drawMachine(item, machine) {
  const [name, sensors] = item.firstChild.children;
  setText(name, machine.name);
  const touches = machine.touches === undefined ? '' : machine.touches === 0 ? ', chosen by hand' : `, ${machine.touches} touches`;
  setText(sensors, machine.sensors.length ? `${machine.sensors.join(', ')}${touches}` : 'no sensor');
  item.dataset.bound = String(machine.sensors.length > 0);
  if (machine.id === binding.current) item.firstChild.setAttribute('aria-current', 'true');
  else item.firstChild.removeAttribute('aria-current');
}
