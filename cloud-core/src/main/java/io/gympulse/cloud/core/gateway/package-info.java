/// All that is kept of a gateway beside its events, as one value.
/// It is changed by compare-and-set only, so that nothing is lost to a race.
@NullMarked
package io.gympulse.cloud.core.gateway;

import org.jspecify.annotations.NullMarked;
