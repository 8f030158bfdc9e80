// Connects stream, REST and view.

import { Alerts } from './alerts.js';
import { serverNow, setServerTime } from './clock.js';
import { startDemo } from './demo.js';
import { apply, newState, replaceAll } from './state.js';
import { checkToken, memberToken, takeToken } from './session.js';
import { Stream } from './stream.js';
import { drawCategories, drawConnection, drawGym, drawGyms, drawMachines, drawNotice } from './view.js';
import { clockAt } from './words.js';

/** Up to this many gyms, the stream covers all of them; beyond it only the selected one, to save mobile data. */
const MAX_SUBSCRIBED_GYMS = 8;
const REFRESH_INTERVAL = 60_000;
const STALE_REFRESH_INTERVAL = 10_000;
const MIN_REFRESH_INTERVAL = 5000;

const state = newState();
const selection = parseAddress();
let connection = 'connecting';
let retryAt = 0;
let disconnectedAt = null;
let buffered = [];
let refreshing = false;
let refreshPending = false;
let errorText = '';
let failingSince = null;
/** Whether updates reach the server; API Gateway never sends a feed status. */
let feed = { up: true, since: null };
let drawScheduled = false;
let refreshedAt = 0;
let query = streamQuery('');
const alerts = new Alerts(document.getElementById('alerts'));

const stream = new Stream({
  state(name, at = 0) {
    if (name === 'reconnecting' && connection === 'live') disconnectedAt = serverNow();
    if (name === 'live') disconnectedAt = null;
    connection = name;
    retryAt = at;
    scheduleDraw();
  },
  message(message) {
    if (message.serverTime !== undefined) setServerTime(message.serverTime, message.rate);
    if (message.type === 'hello') {
      feed = { up: true, since: null };
      refresh();
    } else if (message.type === 'feed') setFeed(message.status === 'up', message.since * 1000);
    else if (message.type === 'alert') alerts.show(message);
    else if (refreshing) buffered.push(message);
    else if (!apply(state, message) && Date.now() - refreshedAt > MIN_REFRESH_INTERVAL) refresh();
    scheduleDraw();
  },
}, memberToken, checkToken);

/** Updates missed while the feed was down are not sent again, so the state is read from REST. */
function setFeed(up, since) {
  const recovered = up && !feed.up;
  feed = { up, since };
  if (recovered) refresh();
}

function parseAddress() {
  const query = new URLSearchParams(location.search);
  return { gym: query.get('gym') ?? '', category: query.get('category') ?? '', freeOnly: query.get('free') === '1' };
}

function writeAddress() {
  const query = new URLSearchParams();
  if (selection.gym) query.set('gym', selection.gym);
  if (selection.category) query.set('category', selection.category);
  if (selection.freeOnly) query.set('free', '1');
  history.replaceState(null, '', query.size ? `?${query}` : '/');
}

async function get(path) {
  const answer = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.detail ?? `The server answered ${answer.status}.`);
  return body;
}

/**
 * Reads the whole state from REST. Stream messages that arrive meanwhile are buffered and applied afterwards, in
 * order. A call meanwhile causes another refresh, since the running one may miss changes before a new hello.
 */
async function refresh() {
  if (refreshing) {
    refreshPending = true;
    return;
  }
  refreshing = true;
  refreshPending = false;
  refreshedAt = Date.now();
  buffered = [];
  try {
    const { branches, feed: feedStatus } = await get('/branches');
    if (feedStatus && (feedStatus.status === 'up') !== feed.up) feed = { up: feedStatus.status === 'up', since: Date.parse(feedStatus.since) };
    if (!branches.some((branch) => branch.id === selection.gym)) selection.gym = branches[0]?.id ?? '';
    const subscribed = subscribedGyms(branches.map((branch) => branch.id));
    replaceAll(state, branches, await Promise.all(subscribed.map((id) => get(`/branches/${encodeURIComponent(id)}`))));
    failingSince = null;
    errorText = branches.length === 0 ? 'No gym is set up yet.' : '';
    buffered.forEach((message) => apply(state, message));
    updateSubscription();
  } catch (problem) {
    errorText = problem instanceof TypeError ? '' : problem.message;
    failingSince ||= serverNow();
    refreshPending = false;
    setTimeout(refresh, 3000);
  } finally {
    refreshing = false;
    scheduleDraw();
  }
  if (refreshPending) refresh();
}

function subscribedGyms(ids) {
  return ids.length <= MAX_SUBSCRIBED_GYMS ? ids : ids.filter((id) => id === selection.gym);
}

/** The stream's filters. */
function streamQuery(gym) {
  return gym ? `?${new URLSearchParams({ gym })}` : '';
}

/** Limits the stream to the selected gym if there are too many; reconnects if the filters changed. */
function updateSubscription() {
  const next = streamQuery(state.branches.size > MAX_SUBSCRIBED_GYMS ? selection.gym : '');
  if (next === query) return;
  query = next;
  stream.connect(query);
}

function selectGym(id) {
  selection.gym = id;
  selection.category = '';
  updateSubscription();
  writeAddress();
  draw();
}

function selectCategory(id) {
  selection.category = id;
  writeAddress();
  draw();
}

/** Draws at most once per animation frame. */
function scheduleDraw() {
  if (drawScheduled) return;
  drawScheduled = true;
  requestAnimationFrame(() => {
    drawScheduled = false;
    draw();
  });
}

/**
 * The time since which the shown state may be outdated, or null while it is live. A server that has just started knows
 * only since when it has no feed; the gym's last contact may be earlier.
 */
function staleSince(branch) {
  if (connection === 'reconnecting') return disconnectedAt;
  if (!feed.up) return Math.min(feed.since, branch?.presence.lastHeardAt ?? feed.since);
  return failingSince || null;
}

function draw() {
  const now = serverNow();
  const branch = state.branches.get(selection.gym);
  const stale = staleSince(branch);
  const shownConnection = connection === 'live' && stale !== null ? 'stale' : connection;
  drawConnection(shownConnection, Math.ceil((retryAt - Date.now()) / 1000));
  drawNotice(noticeWords(branch, now));
  document.body.dataset.connection = shownConnection;
  drawGyms(state, selection.gym, selectGym);
  drawGym(state, branch, now, stale);
  if (!branch) return;
  if (selection.category && !branch.categories.some((category) => category.category === selection.category)) selection.category = '';
  drawCategories(state, branch, selection.category, selectCategory);
  drawMachines(state, branch, selection, stale ?? now, stale !== null);
}

function noticeWords(branch, now) {
  if (connection === 'reconnecting') {
    if (disconnectedAt === null || !branch) return 'GymPulse can’t be reached. Trying again by itself.';
    return `Connection lost. This is how it was at ${clockAt(disconnectedAt, branch.zone, now)}; we are trying again.`;
  }
  if (!feed.up) {
    if (!branch) return 'GymPulse gets no news from any gym right now. It will go on by itself.';
    const since = `GymPulse has had no news from here since ${clockAt(staleSince(branch), branch.zone, now)}.`;
    return branch.presence.status === 'offline' ? `${since} It will go on by itself.` : `${since} This is how it was then; it will go on by itself.`;
  }
  if (errorText) return errorText;
  if (branch?.presence.status === 'offline') {
    return 'This gym is out of reach, so nobody can say what is free. Its gateway keeps watching and will catch up by itself.';
  }
  return '';
}

const freeOnly = document.getElementById('free-only');
freeOnly.checked = selection.freeOnly;
freeOnly.addEventListener('change', () => {
  selection.freeOnly = freeOnly.checked;
  writeAddress();
  draw();
});

setInterval(() => document.hidden || draw(), 1000);
setInterval(() => document.hidden || (connection === 'live' && feed.up && refresh()), REFRESH_INTERVAL);
setInterval(() => document.hidden || (connection === 'live' && !feed.up && refresh()), STALE_REFRESH_INTERVAL);
document.addEventListener('visibilitychange', () => document.hidden || draw());
takeToken();
stream.connect(query);
startDemo(document.getElementById('demo'), (id) => state.branches.get(id)?.name ?? id);
