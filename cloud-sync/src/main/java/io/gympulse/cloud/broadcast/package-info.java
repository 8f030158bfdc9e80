/// Live updates to connections that another service holds, such as API Gateway: subscriptions, and
/// the sending of frames. Filters and frame formats are in cloud-core.
@NullMarked
package io.gympulse.cloud.broadcast;

import org.jspecify.annotations.NullMarked;
