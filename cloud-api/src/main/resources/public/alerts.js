// Shows alerts as notes that stay until they are closed, each once however often it comes.

import { el } from './dom.js';

const REMEMBERED = 200;
const MOST_SHOWN = 4;
const KEY = 'gympulse.alerts';

export class Alerts {
  #list;
  #seen;

  /** list: the element that holds the notes. What this page has shown outlives its reload. */
  constructor(list) {
    this.#list = list;
    try {
      this.#seen = JSON.parse(sessionStorage.getItem(KEY)) ?? [];
    } catch {
      this.#seen = [];
    }
  }

  show(alert) {
    if (this.#seen.includes(alert.id)) return;
    this.#seen = [...this.#seen, alert.id].slice(-REMEMBERED);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#seen));
    } catch {
      // Without storage a reload may show a repeat.
    }
    const close = el('button', 'alert-close', '\u00d7');
    close.type = 'button';
    close.setAttribute('aria-label', 'Close');
    const note = el('li', 'alert', el('p', 'alert-words', alert.text), close);
    note.dataset.kind = alert.kind;
    close.addEventListener('click', () => note.remove());
    this.#list.append(note);
    while (this.#list.children.length > MOST_SHOWN) this.#list.firstElementChild.remove();
  }
}
