/// Work that is done later than it is asked for: a durable queue, at least once and in any order.
/// Who sends needs only the sending side; the receiving side is for one consumer process.
@NullMarked
package io.gympulse.cloud.core.queue;

import org.jspecify.annotations.NullMarked;
