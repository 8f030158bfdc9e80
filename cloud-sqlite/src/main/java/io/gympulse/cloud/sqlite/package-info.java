/// Raw bodies as files in a directory.
/// One file per body, which anybody can read without this program.
@NullMarked
package io.gympulse.cloud.sqlite;

import org.jspecify.annotations.NullMarked;
