/// Brings what waits in the outbox to the cloud: the present first, the past behind it, each event
/// until it is acknowledged. The decisions are pure; one thread carries them out.
@NullMarked
package io.gympulse.edge.sync;

import org.jspecify.annotations.NullMarked;
