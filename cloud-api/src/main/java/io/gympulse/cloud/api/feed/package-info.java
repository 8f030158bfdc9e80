/// The client of the cloud's feed of updates, which reconnects and resumes.
/// Updates missed during a disconnection are delivered first, in order.
@NullMarked
package io.gympulse.cloud.api.feed;

import org.jspecify.annotations.NullMarked;
