/// Notifies members of free machines: consumes the feed and a schedule, changes alerts by
/// compare-and-set, then makes deliveries and records their outcomes. Consumers are idempotent and
/// independent: none waits for another's success.
@NullMarked
package io.gympulse.cloud.notify;

import org.jspecify.annotations.NullMarked;
