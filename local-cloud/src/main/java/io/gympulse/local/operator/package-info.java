/// HTTP endpoints for operators, and the commands that call them: floor plans, unregistered
/// machines, dead letters and their redrive.
@NullMarked
package io.gympulse.local.operator;

import org.jspecify.annotations.NullMarked;
