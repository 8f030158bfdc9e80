/// What it costs to make events durable on the gateway, and to take them out again. Greengrass's
/// DiskSpooler as the peer and plain JDBC as the limit are measured in the same run.
@NullMarked
package io.gympulse.bench.outbox;

import org.jspecify.annotations.NullMarked;
