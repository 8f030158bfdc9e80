// The installation at this moment, on paper.

import { el } from './dom.js';

const byId = (id) => document.getElementById(id);
const row = (...cells) => el('tr', '', ...cells.map((it) => el('td', '', it)));

const answer = await fetch('/api/report');
if (answer.status === 401) location.replace('/');
const report = await answer.json();
const { status, binding } = report;
const time = (iso) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', timeZone: status.zone }).format(Date.parse(iso));

byId('title').textContent = `${status.gym}: gateway ${status.gateway}`;
for (const [name, value] of [
  ['Time', `${time(report.at)} (clock ${status.clock})`],
  ['Version', `GymPulse ${report.version}, Java ${report.java}`],
  ['Certificate of this screen', report.fingerprint || 'none'],
  ['Cloud', status.link.connected ? 'connected' : `not connected: ${status.link.reason}`],
  ['Outbox', `${status.outbox.recorded} events, ${status.outbox.waiting} waiting, ${status.outbox.quarantined} quarantined`],
  ...status.sources.map((it) => [it.source, it.reason ? `${it.status}: ${it.reason}` : it.status]),
]) byId('facts').append(el('div', '', el('dt', '', name), el('dd', '', value)));

for (const machine of status.machines) {
  const sensors = status.sensors.filter((it) => it.machine === machine.id);
  if (sensors.length === 0) byId('rows').append(row(machine.name, 'no sensor', '', ''));
  for (const it of sensors) {
    byId('rows').append(row(machine.name, it.sensor, it.reason ? `${it.verdict}: ${it.reason}` : it.verdict, it.lastValue ?? ''));
  }
}
const bound = (binding.machines ?? []).filter((it) => it.touches !== undefined);
byId('bound').hidden = bound.length === 0;
for (const it of bound) {
  byId('bound-rows').append(row(it.name, it.sensors.join(', '), it.touches === 0 ? 'chosen by hand' : String(it.touches), time(it.boundAt)));
}
byId('print').addEventListener('click', () => print());
