/// A queue: delivery at least once, in any order. Producers depend on the sending side
/// only; the receiving side is for one consumer process.
@NullMarked
package io.gympulse.cloud.core.queue;

import org.jspecify.annotations.NullMarked;
