/// Binding by touching: finds out which sensor is on a machine by what changes while somebody
/// moves the machine, and writes that into the floor plan.
@NullMarked
package io.gympulse.edge.binding;

import org.jspecify.annotations.NullMarked;
