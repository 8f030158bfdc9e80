/// How fast a long outage is made up for, and whether the present suffers from it meanwhile. The
/// same with next to nothing waiting is measured in the same run.
@NullMarked
package io.gympulse.bench.backlog;

import org.jspecify.annotations.NullMarked;
