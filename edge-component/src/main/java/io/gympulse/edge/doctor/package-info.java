/// Checks of a gateway's machine and installation, each with what was seen and a remedy. None of
/// them changes the gateway's data or disturbs one that runs.
@NullMarked
package io.gympulse.edge.doctor;

import org.jspecify.annotations.NullMarked;
