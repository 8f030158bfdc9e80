// The server's time, so that "since" is right on a device whose own clock is not.

let base = Date.now();
let mark = performance.now();
let rate = 1;

/** Sets the server's time in epoch seconds, and how fast it runs beside the wall (1 outside simulations). */
export function setServerTime(epochSeconds, serverRate = 1) {
  base = epochSeconds * 1000;
  mark = performance.now();
  rate = serverRate;
}

/** The server's time now, epoch milliseconds. */
export const serverNow = () => base + (performance.now() - mark) * rate;
