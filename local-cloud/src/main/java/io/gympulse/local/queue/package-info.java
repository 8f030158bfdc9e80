/// A standard queue in front of a Lambda handler: batches, redelivery, dead letters.
/// At least once and in any order, as SQS promises and no more.
@NullMarked
package io.gympulse.local.queue;

import org.jspecify.annotations.NullMarked;
