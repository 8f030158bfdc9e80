/// The gym's own MQTT network: a broker to host, and the client through which sensors publish. Both
/// live on the gym's side of the internet link and never depend on it.
@NullMarked
package io.gympulse.sim.lan;

import org.jspecify.annotations.NullMarked;
