/// Whether a gateway is heard from, apart from what its machines do.
/// The state machine is pure; stores only keep its values.
@NullMarked
package io.gympulse.cloud.core.presence;

import org.jspecify.annotations.NullMarked;
