// Renders the state. Functions may be called repeatedly; they keep elements, and so the focus.

import { el, reconcile, setText } from './dom.js';
import { branchCounts, counts, machinesOf, shownStatus } from './state.js';
import { STATUSES, clockAt, freeFigure, freeTail, freeWords, lengthOf, presenceWords, reasonWords, statusWord, title } from './words.js';

const byId = (id) => document.getElementById(id);
const SVG = 'http://www.w3.org/2000/svg';

/** Statuses differ by shape as well as by colour: ring with a check mark, disc, dashed ring with a question mark, struck ring. */
const SHAPES = {
  free: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', 'm8.4 12.2 2.5 2.5 4.8-5.2'],
  occupied: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z'],
  unknown: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', 'M9.9 10.1a2.2 2.2 0 1 1 3.3 1.9c-.8.5-1.2.9-1.2 1.7', 'M12 16.3v.1'],
  offline: ['M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z', 'M6.4 17.6 17.6 6.4'],
};

function icon(status) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${status}`);
  for (const d of SHAPES[status]) {
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

export function drawConnection(state, seconds) {
  const words = { connecting: 'Connecting', live: 'Live', stale: 'Not live', reconnecting: 'Reconnecting' };
  byId('connection').dataset.state = state;
  setText(byId('connection-word'), words[state]);
  byId('connection').title = state === 'reconnecting' && seconds > 0 ? `Trying again in ${seconds} s` : '';
}

export function drawNotice(text) {
  byId('notice').hidden = !text;
  setText(byId('notice'), text);
}

export function drawGyms(state, selected, onSelect) {
  const branches = [...state.branches.values()];
  reconcile(byId('gyms'), branches, (branch) => branch.id,
    (branch) => {
      const button = el('button', 'gym', el('span', 'gym-name'), el('span', 'gym-free'));
      button.type = 'button';
      button.addEventListener('click', () => onSelect(branch.id));
      return el('li', '', button);
    },
    (item, branch) => {
      const [name, free] = item.firstElementChild.children;
      const sum = branchCounts(state, branch);
      const offline = branch.presence.status === 'offline';
      if (branch.id === selected) item.firstElementChild.setAttribute('aria-current', 'true');
      else item.firstElementChild.removeAttribute('aria-current');
      item.firstElementChild.dataset.presence = branch.presence.status;
      setText(name, branch.name);
      setText(free, offline ? 'out of reach' : freeWords(sum));
    });
}

/** stale: the time since which the numbers may be outdated, or null. */
export function drawGym(state, branch, now, stale) {
  byId('gym').hidden = !branch;
  if (!branch) return;
  const sum = branchCounts(state, branch);
  setText(byId('gym-name'), branch.name);
  byId('presence').dataset.status = branch.presence.status;
  setText(byId('presence-word'), presenceWords(branch.presence, branch.zone, now));
  const offline = branch.presence.status === 'offline';
  byId('gym').dataset.presence = branch.presence.status;
  byId('gym').dataset.known = String(offline || freeFigure(sum) !== '?');
  setText(byId('free-count'), offline ? String(sum.total) : freeFigure(sum));
  setText(byId('free-of'), offline ? 'machines offline' : freeTail(sum, stale === null ? '' : clockAt(stale, branch.zone, now)));
  drawShare(sum);
}

function drawShare(sum) {
  const present = STATUSES.filter((status) => sum[status] > 0);
  const words = present.map((status) => `${sum[status]} ${statusWord(status).toLowerCase()}`);
  byId('share').setAttribute('aria-label', words.join(', '));
  reconcile(byId('share'), present, String, (status) => el('span', `part part-${status}`),
    (part, status) => { part.style.flexGrow = sum[status]; });
  reconcile(byId('legend'), present, String, (status) => el('li', `is-${status}`, icon(status), el('span')),
    (item, status) => setText(item.lastChild, `${sum[status]} ${statusWord(status).toLowerCase()}`));
}

export function drawCategories(state, branch, selected, onSelect) {
  const machines = machinesOf(state, branch.id);
  const ids = branch.categories.map((category) => category.category);
  const offline = branch.presence.status === 'offline';
  reconcile(byId('categories'), ['', ...ids], String,
    (id) => {
      const chip = el('button', 'chip', el('span'), el('span', 'chip-count'));
      chip.type = 'button';
      chip.addEventListener('click', () => onSelect(id));
      return chip;
    },
    (chip, id) => {
      const sum = counts(state, id ? machines.filter((machine) => machine.category === id) : machines);
      chip.setAttribute('aria-pressed', String(id === selected));
      setText(chip.firstChild, id ? title(id) : 'All');
      setText(chip.lastChild, offline ? '' : freeFigure(sum));
      chip.lastChild.hidden = offline;
      chip.setAttribute('aria-label', `${id ? title(id) : 'All'}${offline ? '' : `, ${freeWords(sum)}`}`);
    });
}

export function drawMachines(state, branch, filter, now, stale) {
  const machines = machinesOf(state, branch.id);
  const groups = branch.categories
    .map((category) => category.category)
    .filter((id) => !filter.category || filter.category === id)
    .map((id) => {
      const all = machines.filter((machine) => machine.category === id);
      const visible = filter.freeOnly ? all.filter((machine) => shownStatus(state, machine) === 'free') : all;
      return { id, all, visible };
    })
    .filter((group) => group.visible.length > 0);
  reconcile(byId('machines'), groups, (group) => `${branch.id}/${group.id}`,
    (group) => {
      const heading = el('h2', '', el('span'), el('small'));
      heading.id = `category-${group.id}`;
      const section = el('section', 'category', heading, el('ul', 'tiles'));
      section.setAttribute('aria-labelledby', heading.id);
      return section;
    },
    (section, group) => {
      const sum = counts(state, group.all);
      const [heading, list] = section.children;
      setText(heading.firstChild, title(group.id));
      setText(heading.lastChild, sum.offline ? `${sum.total} out of reach` : freeWords(sum));
      reconcile(list, group.visible, (machine) => machine.id, newTile,
        (tile, machine) => drawTile(tile, machine, shownStatus(state, machine), branch.zone, now));
    });
  byId('nothing').hidden = groups.length > 0;
  const candidates = machines.filter((machine) => !filter.category || machine.category === filter.category);
  setText(byId('nothing'), emptyWords(filter, counts(state, candidates), branch.presence.status === 'offline', stale));
}

function emptyWords(filter, sum, offline, stale) {
  if (sum.total === 0) return 'This gym has no machines on its floor plan yet.';
  if (offline) return 'Nobody can say what is free while this gym is out of reach.';
  const what = filter.category ? `${title(filter.category)}: nothing` : 'Nothing';
  if (stale) return `${what} was free when we last heard from the gym.`;
  if (sum.unknown > 0) return `${what} is known to be free right now; of ${sum.unknown} we can’t tell. This page will show it the moment that changes.`;
  return `${what} is free right now. This page will show it the moment that changes.`;
}

function newTile() {
  return el('li', 'tile', el('h3'), el('p', 'tile-status', el('span', 'tile-icon'), el('span')), el('p', 'tile-since'));
}

function drawTile(tile, machine, status, zone, now) {
  const [name, state, since] = tile.children;
  if (tile.dataset.status !== status) {
    if (tile.dataset.status) flash(tile);
    tile.dataset.status = status;
    state.firstChild.replaceChildren(icon(status));
  }
  setText(name, machine.name);
  setText(state.lastChild, statusWord(status));
  setText(since, sinceWords(machine, status, now));
  tile.title = machine.since === null ? '' : `Since ${clockAt(machine.since, zone, now)}`;
}

function sinceWords(machine, status, now) {
  const length = machine.since === null ? '' : now - machine.since < 1000 ? 'just now' : `for ${lengthOf(now - machine.since)}`;
  if (status === 'unknown') return reasonWords(machine.reason) + (length ? `, ${length}` : '');
  if (status !== 'offline') return length;
  return machine.status === 'unknown' ? 'Not known before' : `Last seen ${statusWord(machine.status).toLowerCase()}`;
}

function flash(tile) {
  tile.classList.remove('changed');
  void tile.offsetWidth;
  tile.classList.add('changed');
}
