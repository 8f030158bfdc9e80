/// Delivery channels: signed webhooks, mail, and members' WebSocket connections. Each makes one
/// attempt per call, within bounds of time and number that isolate destinations from each other.
@NullMarked
package io.gympulse.cloud.notify.channel;

import org.jspecify.annotations.NullMarked;
