/// The store in one SQLite file: the embedded default, no server.
/// One process writes; others may read the same file.
@NullMarked
package io.gympulse.cloud.state.sqlite;

import org.jspecify.annotations.NullMarked;
