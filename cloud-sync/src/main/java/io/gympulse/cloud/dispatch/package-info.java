/// Hands each change of current state and presence to every feature that follows it, whatever feed
/// brings it. Followers are idempotent and independent: none waits for another's success.
@NullMarked
package io.gympulse.cloud.dispatch;

import org.jspecify.annotations.NullMarked;
