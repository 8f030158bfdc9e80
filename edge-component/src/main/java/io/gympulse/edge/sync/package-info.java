/// Sends the waiting events to the cloud: live events first, the backlog behind them, each event
/// until it is acknowledged. The decisions are pure; one thread executes them.
@NullMarked
package io.gympulse.edge.sync;

import org.jspecify.annotations.NullMarked;
