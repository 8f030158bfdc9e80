// Texts of the page. Does not access the DOM.

export const STATUSES = ['free', 'occupied', 'unknown', 'offline'];

const STATUS_WORDS = { free: 'Free', occupied: 'In use', unknown: 'Unknown', offline: 'Offline' };

const REASONS = {
  'gateway-off': 'The gym’s gateway was switched off',
  'sensor-dead': 'Its sensor has gone silent',
  'sensor-stuck': 'Its sensor looks stuck',
  'sensor-chattering': 'Its sensor is flickering',
  'source-down': 'Its sensor can’t be reached',
  'no-reading': 'No reading yet',
};

export const statusWord = (status) => STATUS_WORDS[status] ?? status;

export const reasonWords = (reason) => REASONS[reason] ?? 'We can’t tell right now';

/** "rowing-machine" becomes "Rowing machine". */
export function title(id) {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Machines that may or may not be free. */
const unknownOrOffline = (sum) => sum.unknown + sum.offline;

/** How many are free and how many unknown: "3 free of 7", "3 free, 4 unknown", "unknown". */
export function freeWords(sum) {
  if (sum.total > 0 && unknownOrOffline(sum) === sum.total) return 'unknown';
  return unknownOrOffline(sum) > 0 ? `${sum.free} free, ${unknownOrOffline(sum)} unknown` : `${sum.free} free of ${sum.total}`;
}

/** The number of free machines, or a question mark if all are unknown. */
export const freeFigure = (sum) => (sum.total > 0 && unknownOrOffline(sum) === sum.total ? '?' : String(sum.free));

/** The text after the number. since: the time of day from which the number may be outdated, or empty. */
export function freeTail(sum, since) {
  if (sum.total > 0 && unknownOrOffline(sum) === sum.total) return `all ${sum.total} unknown`;
  const tail = `of ${sum.total} free`;
  if (since) return `${tail} at ${since}`;
  return unknownOrOffline(sum) > 0 ? `${tail}, ${unknownOrOffline(sum)} unknown` : tail;
}

/** A duration in at most two units; seconds only below a minute, so that texts change rarely. */
export function lengthOf(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** Time of day in the gym's zone, with the date if it is another day there. */
export function clockAt(milliseconds, zone, now) {
  const day = (at) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  const other = day(milliseconds) !== day(now);
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit', minute: '2-digit', timeZone: zone,
    ...(other ? { day: 'numeric', month: 'short' } : {}),
  }).format(milliseconds);
}

export function presenceWords(presence, zone, now) {
  const ago = presence.lastHeardAt === null ? null : now - presence.lastHeardAt;
  if (ago === null) return 'The gym has not reported yet';
  const word = ago < 2000 ? 'just now' : `${lengthOf(ago)} ago`;
  if (presence.status !== 'offline') return `Last word from the gym ${word}`;
  return `Out of reach since ${clockAt(presence.since ?? presence.lastHeardAt, zone, now)}, last word ${word}`;
}
