/// Lists that are read in parts, since they grow with what outsiders send.
/// Every adapter of a port hands out such lists by the same two types.
@NullMarked
package io.gympulse.cloud.core.page;

import org.jspecify.annotations.NullMarked;
