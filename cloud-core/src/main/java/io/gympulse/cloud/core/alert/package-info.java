/// What members want to be told, and what became of it: each alert is a pure state machine.
/// Stores only keep its values; firing and what is to be sent for it are one write.
@NullMarked
package io.gympulse.cloud.core.alert;

import org.jspecify.annotations.NullMarked;
