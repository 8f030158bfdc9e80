/// The registered floor plans, which define the owner of each machine. Machines on no plan are kept
/// apart until an operator adopts them.
@NullMarked
package io.gympulse.cloud.core.floorplan;

import org.jspecify.annotations.NullMarked;
