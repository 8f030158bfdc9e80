// Shows alerts until they are closed, each once although it may be received repeatedly.

import { el } from './dom.js';

const MAX_SEEN_IDS = 200;
const MAX_SHOWN = 4;
const KEY = 'gympulse.alerts';

export class Alerts {
  #list;
  #seen;

  /** list: the element to add alerts to. The ids of shown alerts are kept across reloads. */
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
    this.#seen = [...this.#seen, alert.id].slice(-MAX_SEEN_IDS);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#seen));
    } catch {
      // Without storage an alert may be shown again after a reload.
    }
    const close = el('button', 'alert-close', '\u00d7');
    close.type = 'button';
    close.setAttribute('aria-label', 'Close');
    const item = el('li', 'alert', el('p', 'alert-words', alert.text), close);
    item.dataset.kind = alert.kind;
    close.addEventListener('click', () => item.remove());
    this.#list.append(item);
    while (this.#list.children.length > MAX_SHOWN) this.#list.firstElementChild.remove();
  }
}
