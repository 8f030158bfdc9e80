/// The way to the cloud: publishes messages and hands back acknowledgements. Being offline is a
/// normal state of it.
@NullMarked
package io.gympulse.edge.uplink;

import org.jspecify.annotations.NullMarked;
