/// Standard queues in front of Lambda handlers: batches, redelivery, dead letters. Delivery is at
/// least once and in any order, as with SQS.
@NullMarked
package io.gympulse.local.queue;

import org.jspecify.annotations.NullMarked;
