// A WebSocket that reconnects by itself.

const INITIAL_BACKOFF = 500;
const MAX_BACKOFF = 15_000;
/** Ping after this time without a message: some servers send a tick every 20 s, all answer a ping. No reply in time means a dead connection. */
const IDLE_TIMEOUT = 30_000;
const REPLY_TIMEOUT = 15_000;

export class Stream {
  #handler;
  #query = '';
  #socket = null;
  #failures = 0;
  #attempts = 0;
  #retryTimer = 0;
  #timer = 0;
  #token;
  #onFailure;

  /**
   * handler: { state(name, retryAt), message(object) }; states are live and reconnecting.
   * token: gives the member's token, '' for none. onFailure: called when a connection did not open.
   */
  constructor(handler, token, onFailure) {
    this.#handler = handler;
    this.#token = token;
    this.#onFailure = onFailure;
    addEventListener('online', () => this.#open());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.#retryTimer) this.#open();
    });
  }

  /** Connects with these filters and closes the previous connection. */
  connect(query) {
    this.#query = query;
    this.#open();
  }

  async #open() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = 0;
    this.#close();
    const attempt = ++this.#attempts;
    const token = await this.#token();
    if (attempt !== this.#attempts) return;
    const url = new URL(`/stream${this.#query}`, location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    // A browser's WebSocket has no headers: the token is a subprotocol, beside the one that the server selects.
    const socket = token ? new WebSocket(url, ['gympulse', `bearer.${token}`]) : new WebSocket(url);
    this.#socket = socket;
    let ready = false;
    this.#startReplyTimer(socket, REPLY_TIMEOUT);
    // API Gateway sends no hello; the first pong then means the same: from here on no update is missed.
    socket.onopen = () => this.#ping(socket);
    socket.onmessage = (event) => {
      this.#restartIdleTimer(socket);
      const message = JSON.parse(event.data);
      if (message.error?.code === 'connection_ended') {
        this.#reconnect(socket);
        return;
      }
      if (!ready && (message.type === 'hello' || message.type === 'pong')) {
        ready = true;
        message.type = 'hello';
        this.#failures = 0;
        this.#handler.state('live');
      }
      this.#handler.message(message);
    };
    socket.onclose = async () => {
      if (!ready) await this.#onFailure();
      this.#reconnect(socket);
    };
  }

  /** Sends a ping after an idle time. Only then starts the reply timer, since a hidden page's timers run late. */
  #restartIdleTimer(socket) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ping(socket), IDLE_TIMEOUT);
  }

  #ping(socket) {
    if (socket !== this.#socket || socket.readyState !== WebSocket.OPEN) return;
    socket.send('{"action":"ping"}');
    this.#startReplyTimer(socket, REPLY_TIMEOUT);
  }

  #startReplyTimer(socket, timeout) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reconnect(socket), timeout);
  }

  #reconnect(socket) {
    if (socket !== this.#socket) return;
    this.#close();
    const ceiling = Math.min(MAX_BACKOFF, INITIAL_BACKOFF * 2 ** this.#failures);
    const delay = ceiling / 2 + Math.random() * (ceiling / 2);
    this.#failures += 1;
    this.#handler.state('reconnecting', Date.now() + delay);
    this.#retryTimer = setTimeout(() => this.#open(), delay);
  }

  #close() {
    clearTimeout(this.#timer);
    if (!this.#socket) return;
    this.#socket.onopen = null;
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = null;
  }
}
