/// Ingests messages of gateways and machines: decode, validate, store, acknowledge. Every step is
/// idempotent, so that a message may come any number of times, in any order and grouping.
@NullMarked
package io.gympulse.cloud.ingest;

import org.jspecify.annotations.NullMarked;
