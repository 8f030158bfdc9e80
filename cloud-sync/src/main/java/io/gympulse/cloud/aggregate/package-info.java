/// Computes aggregates from stored events and coverage. The arithmetic is pure; the aggregator
/// decides what is due, writes it and strikes it off, and may die at any point.
@NullMarked
package io.gympulse.cloud.aggregate;

import org.jspecify.annotations.NullMarked;
