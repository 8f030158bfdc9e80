/// The store and the queue in SQLite files, and raw bodies as files in a directory. The store's
/// file has one writing process; others may read it.
@NullMarked
package io.gympulse.cloud.sqlite;

import org.jspecify.annotations.NullMarked;
