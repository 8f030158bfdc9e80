// One WebSocket that comes back by itself.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** The server speaks at least every 20 s; silence longer than this is a dead link that the device has not noticed. */
const SILENCE = 45_000;

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
    this.#listen();
    socket.onmessage = (event) => {
      this.#listen();
      const message = JSON.parse(event.data);
      if (message.type === 'hello') {
        this.#failures = 0;
        this.#on.state('live');
      }
      this.#on.message(message);
    };
    socket.onclose = () => this.#lost(socket);
  }

  #listen() {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lost(this.#socket), SILENCE);
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
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = null;
  }
}
