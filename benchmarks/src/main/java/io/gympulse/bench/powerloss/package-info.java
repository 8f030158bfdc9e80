/// Simulated losses of power: SQLite's writes and flushes are recorded while outbox and cloud
/// store are used, possible states of the disk are rebuilt from them, and the stores opened on
/// these.
@NullMarked
package io.gympulse.bench.powerloss;

import org.jspecify.annotations.NullMarked;
