// Brings stream, REST and view together.

import { Alerts } from './alerts.js';
import { serverNow, setServerTime } from './clock.js';
import { startDemo } from './demo.js';
import { apply, newState, replaceAll } from './state.js';
import { Stream } from './stream.js';
import { drawCategories, drawConnection, drawGym, drawGyms, drawMachines, drawNotice } from './view.js';
import { clockAt } from './words.js';

/** Up to this many gyms are followed live together; beyond it only the chosen one, to spare a phone's data. */
const FOLLOW_ALL = 8;
const REREAD_EVERY = 60_000;
const REREAD_STALE_EVERY = 10_000;
const REREAD_AT_MOST_EVERY = 5000;

const state = newState();
const wanted = readAddress();
let connection = 'connecting';
let retryAt = 0;
let lostAt = null;
let early = [];
let reading = false;
let again = false;
let trouble = '';
let failing = false;
/** Whether updates reach the server; a server without a feed of its own never says so. */
let feed = { up: true, since: null };
let planned = false;
let readAt = 0;
let query = streamQuery('');
const alerts = new Alerts(document.getElementById('alerts'));

const stream = new Stream({
  state(name, at = 0) {
    if (name === 'reconnecting' && connection === 'live') lostAt = serverNow();
    if (name === 'live') lostAt = null;
    connection = name;
    retryAt = at;
    plan();
  },
  message(message) {
    if (message.serverTime !== undefined) setServerTime(message.serverTime, message.rate);
    if (message.type === 'hello') {
      feed = { up: true, since: null };
      read();
    } else if (message.type === 'feed') feedIs(message.status === 'up', message.since * 1000);
    else if (message.type === 'alert') alerts.show(message);
    else if (reading) early.push(message);
    else if (!apply(state, message) && Date.now() - readAt > REREAD_AT_MOST_EVERY) read();
    plan();
  },
});

/** What changed while the feed was down is not told again one by one, so it is read. */
function feedIs(up, since) {
  const recovered = up && !feed.up;
  feed = { up, since };
  if (recovered) read();
}

function readAddress() {
  const query = new URLSearchParams(location.search);
  return { gym: query.get('gym') ?? '', category: query.get('category') ?? '', user: query.get('user') ?? '', freeOnly: query.get('free') === '1' };
}

function writeAddress() {
  const query = new URLSearchParams();
  if (wanted.gym) query.set('gym', wanted.gym);
  if (wanted.category) query.set('category', wanted.category);
  if (wanted.freeOnly) query.set('free', '1');
  if (wanted.user) query.set('user', wanted.user);
  history.replaceState(null, '', query.size ? `?${query}` : '/');
}

async function get(path) {
  const answer = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error?.message ?? `The server answered ${answer.status}.`);
  return body;
}

/**
 * Reads everything anew. What the stream says meanwhile waits, and is applied on top, in its order. Asked for
 * meanwhile, it reads once more afterwards: what happened before a new connection's hello may be in no answer yet.
 */
async function read() {
  if (reading) {
    again = true;
    return;
  }
  reading = true;
  again = false;
  readAt = Date.now();
  early = [];
  try {
    const { branches, feed: said } = await get('/branches');
    if (said && (said.status === 'up') !== feed.up) feed = { up: said.status === 'up', since: Date.parse(said.since) };
    if (!branches.some((branch) => branch.id === wanted.gym)) wanted.gym = branches[0]?.id ?? '';
    const followed = followedOf(branches.map((branch) => branch.id));
    replaceAll(state, branches, await Promise.all(followed.map((id) => get(`/branches/${encodeURIComponent(id)}`))));
    failing = false;
    trouble = branches.length === 0 ? 'No gym is set up yet.' : '';
    early.forEach((message) => apply(state, message));
    follow();
  } catch (problem) {
    trouble = problem instanceof TypeError ? '' : problem.message;
    failing ||= serverNow();
    again = false;
    setTimeout(read, 3000);
  } finally {
    reading = false;
    plan();
  }
  if (again) read();
}

function followedOf(ids) {
  return ids.length <= FOLLOW_ALL ? ids : ids.filter((id) => id === wanted.gym);
}

/** Who the member says they are, in the page's address, hears their own alerts. */
function streamQuery(gym) {
  const filters = new URLSearchParams();
  if (gym) filters.set('gym', gym);
  if (wanted.user) filters.set('user', wanted.user);
  return filters.size ? `?${filters}` : '';
}

/** Narrows the stream to the chosen gym where there are too many to follow; a changed filter is a new connection. */
function follow() {
  const next = streamQuery(state.branches.size > FOLLOW_ALL ? wanted.gym : '');
  if (next === query) return;
  query = next;
  stream.connect(query);
}

function chooseGym(id) {
  wanted.gym = id;
  wanted.category = '';
  follow();
  writeAddress();
  draw();
}

function chooseCategory(id) {
  wanted.category = id;
  writeAddress();
  draw();
}

/** Draws once per frame, however many messages a frame brings. */
function plan() {
  if (planned) return;
  planned = true;
  requestAnimationFrame(() => {
    planned = false;
    draw();
  });
}

/**
 * Since when what is shown may differ from what is: null while it is live. A server that has just started knows only
 * since when it has no feed; the gym may have been silent for longer.
 */
function staleSince(branch) {
  if (connection === 'reconnecting') return lostAt;
  if (!feed.up) return Math.min(feed.since, branch?.presence.lastHeardAt ?? feed.since);
  return failing || null;
}

function draw() {
  const now = serverNow();
  const branch = state.branches.get(wanted.gym);
  const stale = staleSince(branch);
  const shownConnection = connection === 'live' && stale !== null ? 'stale' : connection;
  drawConnection(shownConnection, Math.ceil((retryAt - Date.now()) / 1000));
  drawNotice(noticeWords(branch, now));
  document.body.dataset.connection = shownConnection;
  drawGyms(state, wanted.gym, chooseGym);
  drawGym(state, branch, now, stale);
  if (!branch) return;
  if (wanted.category && !branch.categories.some((category) => category.category === wanted.category)) wanted.category = '';
  drawCategories(state, branch, wanted.category, chooseCategory);
  drawMachines(state, branch, wanted, stale ?? now, stale !== null);
}

function noticeWords(branch, now) {
  if (connection === 'reconnecting') {
    if (lostAt === null || !branch) return 'GymPulse can’t be reached. Trying again by itself.';
    return `Connection lost. This is how it was at ${clockAt(lostAt, branch.zone, now)}; we are trying again.`;
  }
  if (!feed.up) {
    if (!branch) return 'GymPulse gets no news from any gym right now. It will go on by itself.';
    const since = `GymPulse has had no news from here since ${clockAt(staleSince(branch), branch.zone, now)}.`;
    return branch.presence.status === 'offline' ? `${since} It will go on by itself.` : `${since} This is how it was then; it will go on by itself.`;
  }
  if (trouble) return trouble;
  if (branch?.presence.status === 'offline') {
    return 'This gym is out of reach, so nobody can say what is free. Its gateway keeps watching and will catch up by itself.';
  }
  return '';
}

const freeOnly = document.getElementById('free-only');
freeOnly.checked = wanted.freeOnly;
freeOnly.addEventListener('change', () => {
  wanted.freeOnly = freeOnly.checked;
  writeAddress();
  draw();
});

setInterval(() => document.hidden || draw(), 1000);
setInterval(() => document.hidden || (connection === 'live' && feed.up && read()), REREAD_EVERY);
setInterval(() => document.hidden || (connection === 'live' && !feed.up && read()), REREAD_STALE_EVERY);
document.addEventListener('visibilitychange', () => document.hidden || draw());
stream.connect(query);
startDemo(document.getElementById('demo'), (id) => state.branches.get(id)?.name ?? id);
