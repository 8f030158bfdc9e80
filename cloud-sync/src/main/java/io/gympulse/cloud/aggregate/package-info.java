/// Computes aggregates from stored events and coverage. The arithmetic is pure; the aggregator
/// selects windows that are due, writes them and clears them, and may be killed at any point.
@NullMarked
package io.gympulse.cloud.aggregate;

import org.jspecify.annotations.NullMarked;
