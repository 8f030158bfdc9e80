/// The whole system as processes on one machine: cloud, API, and a link, simulator and gateway
/// per gym. Used by demo, `prove` and benchmarks.
@NullMarked
package io.gympulse.system.environment;

import org.jspecify.annotations.NullMarked;
