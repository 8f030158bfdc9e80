/// Members' alerts: each is a pure state machine. Stores only keep its values; a firing and its
/// deliveries are one write.
@NullMarked
package io.gympulse.cloud.core.alert;

import org.jspecify.annotations.NullMarked;
