/// Live updates to connections that another service holds, such as API Gateway: subscriptions, and
/// the sending of frames; and to API processes, by MQTT. Filters and formats are in cloud-core.
@NullMarked
package io.gympulse.cloud.broadcast;

import org.jspecify.annotations.NullMarked;
