/// The internet between a gym and the cloud, as a TCP proxy that can fail.
/// Neither side knows it is there.
@NullMarked
package io.gympulse.system.link;

import org.jspecify.annotations.NullMarked;
