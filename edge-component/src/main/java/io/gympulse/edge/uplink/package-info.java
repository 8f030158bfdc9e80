/// The connection to the cloud: publishes messages and receives acknowledgements. Being offline is
/// one of its normal states.
@NullMarked
package io.gympulse.edge.uplink;

import org.jspecify.annotations.NullMarked;
