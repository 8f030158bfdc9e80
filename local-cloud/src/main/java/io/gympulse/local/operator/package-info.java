/// What operators look into and order: machines on no floor plan, dead letters and their way back.
/// Served on the local cloud's HTTP side, and a command that asks there.
@NullMarked
package io.gympulse.local.operator;

import org.jspecify.annotations.NullMarked;
