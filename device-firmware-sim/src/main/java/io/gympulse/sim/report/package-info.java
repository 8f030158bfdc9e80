/// Random reports of devices of any kind, for the cloud's device pipeline. The same seed gives the
/// same reports, except for their times.
@NullMarked
package io.gympulse.sim.report;

import org.jspecify.annotations.NullMarked;
