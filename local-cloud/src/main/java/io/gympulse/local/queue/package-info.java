/// A standard queue of SQS in front of a Lambda handler: an [EventSourceMapping] on a queue, which
/// is a [FairWorkQueue] in memory or one in a file. Delivery is at least once and in any order.
@NullMarked
package io.gympulse.local.queue;

import org.jspecify.annotations.NullMarked;
