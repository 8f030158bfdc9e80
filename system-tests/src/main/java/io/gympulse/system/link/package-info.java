/// The internet between a gym and the cloud, as a TCP proxy that can fail.
/// It is transparent to both sides.
@NullMarked
package io.gympulse.system.link;

import org.jspecify.annotations.NullMarked;
