/// The gym's own MQTT network: an embedded broker, and the client through which sensors publish.
/// Both are on the gym's side of the internet link and do not depend on it.
@NullMarked
package io.gympulse.sim.lan;

import org.jspecify.annotations.NullMarked;
