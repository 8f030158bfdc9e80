/// The cost of making events durable on the gateway, and of removing them. Greengrass's
/// DiskSpooler as a peer and plain JDBC as the limit are measured in the same run.
@NullMarked
package io.gympulse.bench.outbox;

import org.jspecify.annotations.NullMarked;
