/// The cost of recomputing a day's aggregates.
/// The aggregator runs on both embedded stores.
@NullMarked
package io.gympulse.bench.recompute;

import org.jspecify.annotations.NullMarked;
