// What the page knows: branches and their machines, changed only by the functions below. No page, no network.

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

/** Replaces everything by what REST said: the list of branches, and the full branches that are followed. */
export function replaceAll(state, branches, followed) {
  state.branches = new Map(branches.map((b) => [b.id, { ...b, presence: presenceFromRest(b.presence), followed: false }]));
  state.machines = new Map();
  for (const full of followed) {
    const branch = state.branches.get(full.id);
    if (!branch) continue;
    branch.followed = true;
    branch.presence = presenceFromRest(full.presence);
    for (const machine of full.machines) state.machines.set(machine.id, machineFromRest(machine));
  }
}

/**
 * Applies one stream message. Answers false when it names something the page has not read yet.
 * A message older than what is known changes nothing: REST may already have told the newer state.
 */
export function apply(state, message) {
  if (message.type === 'machine_update') return applyMachine(state, message);
  if (message.type === 'gateway_presence') return applyPresence(state, message);
  return true;
}

function applyMachine(state, message) {
  const branch = state.branches.get(message.gymId);
  if (!branch) return false;
  if (!branch.followed) return true;
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

/** The status to show: offline lies over the kept status while the gym's gateway is out of reach. */
export function shown(state, machine) {
  return state.branches.get(machine.gymId)?.presence.status === 'offline' ? 'offline' : machine.status;
}

export function machinesOf(state, gymId) {
  return [...state.machines.values()]
    .filter((machine) => machine.gymId === gymId)
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}

/** Counts per status of some machines. */
export function counts(state, machines) {
  const sum = { total: machines.length, free: 0, occupied: 0, unknown: 0, offline: 0 };
  for (const machine of machines) sum[shown(state, machine)] += 1;
  return sum;
}

/** Counts of a branch: from its machines when they are followed, else as REST last said. */
export function branchCounts(state, branch) {
  return branch.followed ? counts(state, machinesOf(state, branch.id)) : branch.counts;
}
