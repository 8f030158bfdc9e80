/// The gateway's process: put together here, nowhere else. Everything it does happens in the
/// packages below.
@NullMarked
package io.gympulse.edge;

import org.jspecify.annotations.NullMarked;
