/// The cloud's store as a whole: what ingest writes and what the API reads.
/// One contract suite says what every adapter promises.
@NullMarked
package io.gympulse.cloud.core.store;

import org.jspecify.annotations.NullMarked;
