// One WebSocket that comes back by itself.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** Some servers tick every 20 s; any answers a ping. No answer in time is a dead link that the device has not noticed. */
const QUIET = 30_000;
const PATIENCE = 15_000;

export class Stream {
  #on;
  #query = '';
  #socket = null;
  #failures = 0;
  #retry = 0;
  #watch = 0;

  /** on: { state(name, retryAt), message(object) }; states are connecting, live, reconnecting. */
  constructor(on) {
    this.#on = on;
    addEventListener('online', () => this.#open());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#retry) this.#open();
    });
  }

  /** Connects with these filters, leaving the connection before. */
  connect(query) {
    this.#query = query;
    this.#open();
  }

  #open() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    this.#leave();
    const url = new URL(`/stream${this.#query}`, location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const socket = new WebSocket(url);
    this.#socket = socket;
    let greeted = false;
    this.#expect(socket, PATIENCE);
    // Where nobody greets by himself, the first pong says the same: from here on nothing is missed.
    socket.onopen = () => this.#ping(socket);
    socket.onmessage = (event) => {
      this.#listen(socket);
      const message = JSON.parse(event.data);
      if (message.error?.code === 'connection_ended') {
        this.#lost(socket);
        return;
      }
      if (!greeted && (message.type === 'hello' || message.type === 'pong')) {
        greeted = true;
        message.type = 'hello';
        this.#failures = 0;
        this.#on.state('live');
      }
      this.#on.message(message);
    };
    socket.onclose = () => this.#lost(socket);
  }

  /** Asks for a sign of life once it has been quiet for a while. One timer after the other: a hidden page's are late. */
  #listen(socket) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#ping(socket), QUIET);
  }

  #ping(socket) {
    if (socket !== this.#socket || socket.readyState !== WebSocket.OPEN) return;
    socket.send('{"action":"ping"}');
    this.#expect(socket, PATIENCE);
  }

  #expect(socket, patience) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(socket), patience);
  }

  #lost(socket) {
    if (socket !== this.#socket) return;
    this.#leave();
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures);
    const wait = ceiling / 2 + Math.random() * (ceiling / 2);
    this.#failures += 1;
    this.#on.state('reconnecting', Date.now() + wait);
    this.#retry = setTimeout(() => this.#open(), wait);
  }

  #leave() {
    clearTimeout(this.#watch);
    if (!this.#socket) return;
    this.#socket.onopen = null;
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = null;
  }
}
