// The page's state: branches and machines, changed only by these functions. No DOM, no network.

const millis = (iso) => (iso ? Date.parse(iso) : null);

export function presenceFromRest(presence) {
  return { status: presence.status, lastHeardAt: millis(presence.lastHeardAt), since: millis(presence.since) };
}

export function machineFromRest(machine) {
  return {
    id: machine.id, name: machine.name, category: machine.category, gymId: machine.gymId,
    status: machine.keptStatus, reason: machine.reason ?? null, since: millis(machine.since),
  };
}

export function newState() {
  return { branches: new Map(), machines: new Map() };
}

/** Replaces the state by REST responses: all branches, and the full ones of the subscribed branches. */
export function replaceAll(state, branches, subscribed) {
  state.branches = new Map(branches.map((b) => [b.id, { ...b, presence: presenceFromRest(b.presence), subscribed: false }]));
  state.machines = new Map();
  for (const full of subscribed) {
    const branch = state.branches.get(full.id);
    if (!branch) continue;
    branch.subscribed = true;
    branch.presence = presenceFromRest(full.presence);
    for (const machine of full.machines) state.machines.set(machine.id, machineFromRest(machine));
  }
}

/**
 * Applies a stream message. Returns false if it names a branch or machine that is not in the state.
 * A message older than the state is ignored, since REST may have returned a newer one before.
 */
export function apply(state, message) {
  if (message.type === 'machine_update') return applyMachine(state, message);
  if (message.type === 'gateway_presence') return applyPresence(state, message);
  return true;
}

function applyMachine(state, message) {
  const branch = state.branches.get(message.gymId);
  if (!branch) return false;
  if (!branch.subscribed) return true;
  const machine = state.machines.get(message.machineId);
  if (!machine) return false;
  const since = message.lastChange * 1000;
  if (machine.since !== null && since < Math.floor(machine.since / 1000) * 1000) return true;
  machine.status = message.status;
  machine.reason = message.reason ?? null;
  machine.since = since;
  return true;
}

function applyPresence(state, message) {
  const branch = state.branches.get(message.gymId);
  if (!branch) return false;
  const heard = message.lastHeardAt == null ? null : message.lastHeardAt * 1000;
  branch.presence = {
    status: message.status,
    lastHeardAt: Math.max(heard ?? 0, branch.presence.lastHeardAt ?? 0) || null,
    since: message.since == null ? null : message.since * 1000,
  };
  return true;
}

/** The status to show: offline while the gym's gateway is offline, else the kept status. */
export function shownStatus(state, machine) {
  return state.branches.get(machine.gymId)?.presence.status === 'offline' ? 'offline' : machine.status;
}

export function machinesOf(state, gymId) {
  return [...state.machines.values()]
    .filter((machine) => machine.gymId === gymId)
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** The number of machines per status. */
export function counts(state, machines) {
  const sum = { total: machines.length, free: 0, occupied: 0, unknown: 0, offline: 0 };
  for (const machine of machines) sum[shownStatus(state, machine)] += 1;
  return sum;
}

/** A branch's numbers: of its machines if it is subscribed, else from the last REST response. */
export function branchCounts(state, branch) {
  return branch.subscribed ? counts(state, machinesOf(state, branch.id)) : branch.counts;
}
