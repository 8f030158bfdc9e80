/// What it costs to compute a day's aggregates anew.
/// The aggregator's own code runs on both embedded stores.
@NullMarked
package io.gympulse.bench.recompute;

import org.jspecify.annotations.NullMarked;
