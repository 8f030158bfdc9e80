/// The updates that this process pushes to its clients, from a feed in the process or from
/// elsewhere.
@NullMarked
package io.gympulse.cloud.api.updates;

import org.jspecify.annotations.NullMarked;
