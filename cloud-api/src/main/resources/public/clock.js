// The server's time, so that durations are right on a device with a wrong clock.

let serverEpochMillis = Date.now();
let measuredAt = performance.now();
let rate = 1;

/** Sets the server's time in epoch seconds, and its speed relative to real time (1 outside simulations). */
export function setServerTime(epochSeconds, serverRate = 1) {
  serverEpochMillis = epochSeconds * 1000;
  measuredAt = performance.now();
  rate = serverRate;
}

/** The server's current time in epoch milliseconds. */
export const serverNow = () => serverEpochMillis + (performance.now() - measuredAt) * rate;
