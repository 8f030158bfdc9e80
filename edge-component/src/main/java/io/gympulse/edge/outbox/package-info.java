/// The gateway's durable store: events until the cloud has stored them, events that it has
/// rejected, and what the gateway needs after a restart. In memory and in a SQLite file.
@NullMarked
package io.gympulse.edge.outbox;

import org.jspecify.annotations.NullMarked;
