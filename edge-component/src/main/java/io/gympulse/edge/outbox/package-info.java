/// The durable queue between what the gateway sees and what the cloud has stored. An event leaves
/// it only when the cloud has acknowledged it or rejected it for good.
@NullMarked
package io.gympulse.edge.outbox;

import org.jspecify.annotations.NullMarked;
