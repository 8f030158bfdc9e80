/// Dead letters: messages that failed at their last allowed attempt, and their redrive. Redelivery
/// is harmless, since every step of every handler is idempotent.
@NullMarked
package io.gympulse.cloud.redrive;

import org.jspecify.annotations.NullMarked;
