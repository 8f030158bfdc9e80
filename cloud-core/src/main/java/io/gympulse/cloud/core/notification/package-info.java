/// Notifications on their way: channels, deliveries with their attempts and outcomes. Pure values,
/// stored together with the alert or incident that they follow from.
@NullMarked
package io.gympulse.cloud.core.notification;

import org.jspecify.annotations.NullMarked;
