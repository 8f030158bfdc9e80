// The member's token: of the page's address, or, in development, of the server.

const KEY = 'gympulse.token';
/** A token is not used for the last of its time, so that it does not expire on the way. */
const MARGIN = 60_000;
const TIMEOUT = 5_000;

/** Takes a token from the address' fragment, which browsers do not send, and removes it there. */
export function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) return;
  store(token);
  history.replaceState(null, '', location.pathname + location.search);
}

/** The member's token, or '' if there is none: then the page shows what anybody may see. */
export async function memberToken() {
  const kept = read();
  if (kept && expiry(kept) > Date.now() + MARGIN) return kept;
  // Only a server in development hands out tokens.
  const answer = await fetch('/development/token', { method: 'POST', signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
  const token = answer?.ok ? (await answer.json()).token : '';
  store(token);
  return token;
}

/** Forgets the token if the server does not accept it, as after a change of its keys. */
export async function checkToken() {
  const token = read();
  if (!token) return;
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch('/alerts?limit=1', { headers, signal: AbortSignal.timeout(TIMEOUT) }).catch(() => null);
  if (answer?.status === 401) store('');
}

function read() {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

function store(token) {
  try {
    if (token) sessionStorage.setItem(KEY, token);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without storage a page in development is another member at each connection.
  }
}

/** When a JWT expires, in milliseconds; 0 if it is none. */
function expiry(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).exp * 1000;
  } catch {
    return 0;
  }
}
