/// Time on a machine whose wall clock may be wrong or jump: events are stamped on the boot clock
/// and get their wall time once it is known.
@NullMarked
package io.gympulse.edge.time;

import org.jspecify.annotations.NullMarked;
