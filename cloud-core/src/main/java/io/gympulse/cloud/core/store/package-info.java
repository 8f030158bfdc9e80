/// The cloud's store as a whole: the ports that ingest writes and the API reads. One contract suite
/// defines what every adapter guarantees.
@NullMarked
package io.gympulse.cloud.core.store;

import org.jspecify.annotations.NullMarked;
