/// Operators' incidents: offline gateways, faulty sensors, exceeded quotas, copied outboxes. Opened
/// once per episode, closed by recovery; each incident is a pure state machine.
@NullMarked
package io.gympulse.cloud.core.incident;

import org.jspecify.annotations.NullMarked;
