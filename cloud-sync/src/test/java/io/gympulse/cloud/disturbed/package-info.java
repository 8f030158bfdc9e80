/// Runs a gym's day through ingest and aggregation while deliveries are disturbed and handlers die.
/// What is kept must be what an undisturbed run keeps, byte for byte, in every store.
@NullMarked
package io.gympulse.cloud.disturbed;

import org.jspecify.annotations.NullMarked;
