/// The floor plan: a gym, its gateway, its machines and their sensors, in one file format for
/// gateway, simulator and cloud. Reading one validates all of it.
@NullMarked
package io.gympulse.contract.floorplan;

import org.jspecify.annotations.NullMarked;
