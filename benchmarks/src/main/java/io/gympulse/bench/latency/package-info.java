/// From a sensor's message on the gym's network to a member's screen. The bare broker is measured
/// in the same run, as the part nobody can save.
@NullMarked
package io.gympulse.bench.latency;

import org.jspecify.annotations.NullMarked;
