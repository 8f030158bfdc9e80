/// What operators look into and order: floor plans, machines on none of them, dead letters and
/// their way back. Served on the local cloud's HTTP side, and commands that ask there.
@NullMarked
package io.gympulse.local.operator;

import org.jspecify.annotations.NullMarked;
