/// Aggregates: how long each machine was occupied, free and unknown in each quarter of an hour.
/// Values, their stored form, and the port that keeps them; what computes them is elsewhere.
@NullMarked
package io.gympulse.cloud.core.aggregate;

import org.jspecify.annotations.NullMarked;
