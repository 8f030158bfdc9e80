/// The whole system as processes on one machine: cloud, API, and a link, simulator and gateway
/// per gym. Demo, proof and benchmarks all run on it.
@NullMarked
package io.gympulse.system.rig;

import org.jspecify.annotations.NullMarked;
