/// Proposes thresholds for sensors that send numbers, from the numbers that they send. It needs no
/// running gateway.
@NullMarked
package io.gympulse.edge.learning;

import org.jspecify.annotations.NullMarked;
