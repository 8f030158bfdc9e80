/// Live updates to connections that are held elsewhere, as by API Gateway: who is connected, who
/// hears an update, and how frames fared. What is told to whom is settled in cloud-core.
@NullMarked
package io.gympulse.cloud.broadcast;

import org.jspecify.annotations.NullMarked;
