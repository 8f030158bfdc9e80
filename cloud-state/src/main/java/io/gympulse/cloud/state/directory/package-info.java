/// Raw bodies as files in a directory.
/// One file per body, which anybody can read without this program.
@NullMarked
package io.gympulse.cloud.state.directory;

import org.jspecify.annotations.NullMarked;
