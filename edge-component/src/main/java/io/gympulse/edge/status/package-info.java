/// What a running gateway knows of its sensors, served on a Unix domain socket in its data folder
/// and shown as a table. Who may read the data folder may read it.
@NullMarked
package io.gympulse.edge.status;

import org.jspecify.annotations.NullMarked;
