/// An honest gym beside clients that try to stop the cloud: whether its members still see their
/// machines in time, and whether anything of it is lost.
@NullMarked
package io.gympulse.bench.hostile;

import org.jspecify.annotations.NullMarked;
