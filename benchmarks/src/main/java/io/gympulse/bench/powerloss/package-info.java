/// What is left of the outbox's and the cloud's files after a loss of power: SQLite's writes and
/// flushes are recorded while real stores work, states of the disk are rebuilt from them, and real
/// stores opened on those.
@NullMarked
package io.gympulse.bench.powerloss;

import org.jspecify.annotations.NullMarked;
