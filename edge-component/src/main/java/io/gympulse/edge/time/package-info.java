/// Time on a machine whose wall clock may be wrong or jump: moments are taken on the clock that
/// runs since boot, and get their wall time once that is known.
@NullMarked
package io.gympulse.edge.time;

import org.jspecify.annotations.NullMarked;
