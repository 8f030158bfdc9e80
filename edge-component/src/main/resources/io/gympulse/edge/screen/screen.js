// Connects the stream of events with the three parts of the page.

import { drawBinding, startBinding } from './binding.js';
import { ago, el, post, reconcile, setText } from './dom.js';

const byId = (id) => document.getElementById(id);
const parts = ['sensors', 'bind', 'gateway'];
const VERDICTS = { free: 'free', occupied: 'in use', 'no-reading': 'no reading yet' };
let status = null;

function show(part) {
  for (const it of parts) {
    byId(it).hidden = it !== part;
    byId(`tab-${it}`).setAttribute('aria-selected', String(it === part));
    byId(`tab-${it}`).tabIndex = it === part ? 0 : -1;
  }
  history.replaceState(null, '', `#${part}`);
}

for (const part of parts) {
  byId(`tab-${part}`).addEventListener('click', () => show(part));
  byId(`tab-${part}`).addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = parts[(parts.indexOf(part) + step + parts.length) % parts.length];
    show(next);
    byId(`tab-${next}`).focus();
  });
}

function draw() {
  if (!status) return;
  const now = Date.now();
  setText(byId('gym'), status.gym);
  document.title = `${status.gym} · gateway`;
  drawSensors(now);
  drawFacts(now);
}

function drawSensors(now) {
  const names = new Map(status.machines.map((it) => [it.id, it.name]));
  const heard = status.sensors.filter((it) => it.lastMessageAt).length;
  const faulty = status.sensors.filter((it) => it.verdict !== 'free' && it.verdict !== 'occupied').length;
  setText(byId('sensor-summary'), status.sensors.length === 0
    ? 'No machine has a sensor yet. Bind some.'
    : `${heard} of ${status.sensors.length} sensors have sent something${faulty ? `, ${faulty} ${faulty === 1 ? 'needs' : 'need'} a look` : ''}`);
  const ordered = [...status.sensors].sort((a, b) => isFaulty(b) - isFaulty(a));
  reconcile(byId('sensor-list'), ordered, (it) => it.sensor, newSensor, (card, it) => drawSensor(card, it, names.get(it.machine) ?? it.machine, now));
}

const isFaulty = (sensor) => Number(sensor.verdict !== 'free' && sensor.verdict !== 'occupied');

function newSensor() {
  const head = el('summary', '', el('span', 'name'), el('span', 'pill'), el('span', 'value'), el('span', 'soft'));
  return el('li', 'card', el('details', '', head, el('p', 'reason'), el('ul', 'hints'), el('p', 'soft counts'), el('ol', 'messages')));
}

function drawSensor(card, sensor, machine, now) {
  const [head, reason, hints, counts, messages] = card.firstElementChild.children;
  const [name, pill, value, when] = head.children;
  setText(name, machine);
  setText(pill, VERDICTS[sensor.verdict] ?? sensor.verdict.replaceAll('-', ' '));
  pill.dataset.state = isFaulty(sensor) ? 'faulty' : sensor.verdict;
  setText(value, sensor.lastValue ?? '');
  setText(when, ago(sensor.lastMessageAt, now));
  setText(reason, sensor.reason);
  reason.hidden = !sensor.reason;
  reconcile(hints, sensor.hints, String, () => el('li'), (it, hint) => setText(it, hint));
  setText(counts, `${sensor.sensor} on ${sensor.source}: ${sensor.read} read, ${sensor.ignored} ignored, ${sensor.malformed} malformed`);
  reconcile(messages, sensor.messages.map((it, place) => ({ ...it, place })), (it) => String(it.place),
    () => el('li', '', el('span', 'reading'), el('span', 'soft'), el('code')),
    (item, it) => {
      setText(item.children[0], it.reading);
      item.children[0].dataset.kind = it.reading.split(':')[0];
      setText(item.children[1], ago(it.at, now));
      setText(item.children[2], it.raw || '(empty)');
    });
}

function drawFacts(now) {
  const { link, outbox } = status;
  const facts = [
    ['Cloud', link.connected ? 'connected' : `not connected: ${link.reason}`, link.connected],
    ['Last acknowledgement', ago(link.acknowledgedAt, now), Boolean(link.acknowledgedAt)],
    ['Waiting in the outbox', `${outbox.waiting} of ${outbox.recorded} events`, true],
    ...(outbox.quarantined ? [['Quarantined', `${outbox.quarantined} events the cloud does not accept`, false]] : []),
    ['Clock', status.clock, status.clock === 'synchronised'],
    ...status.sources.map((it) => [it.source, it.reason ? `${it.status}: ${it.reason}` : it.status, it.status === 'running']),
    ['Gateway', `${status.gateway} of ${status.gymId}`, true],
    ...status.machines.filter((it) => it.status).map((it) => [it.name, it.reason ? `${it.status}: ${it.reason}` : it.status, it.status !== 'unknown']),
  ];
  reconcile(byId('facts'), facts, (it) => it[0], () => el('div', '', el('dt'), el('dd')), (row, [name, value, good]) => {
    setText(row.firstChild, name);
    setText(row.lastChild, value);
    row.dataset.good = String(good);
  });
}

function connection(state, word) {
  byId('connection').dataset.state = state;
  setText(byId('connection'), word);
}

function connect() {
  const events = new EventSource('/events');
  events.onopen = () => connection('free', 'Live');
  events.onerror = async () => {
    connection('faulty', 'Reconnecting');
    // A stream that is refused is not opened again by the browser.
    if (events.readyState === EventSource.CLOSED) {
      const answer = await fetch('/api/report').catch(() => null);
      if (answer?.status === 401) location.replace('/');
      else setTimeout(connect, 2000);
    }
  };
  events.addEventListener('status', (event) => {
    status = JSON.parse(event.data);
    draw();
  });
  events.addEventListener('binding', (event) => drawBinding(JSON.parse(event.data)));
}

byId('unpair').addEventListener('click', async () => {
  await post('/unpair').catch(() => {});
  location.replace('/');
});

startBinding();
show(parts.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'sensors');
setInterval(() => document.hidden || draw(), 1000);
connect();
