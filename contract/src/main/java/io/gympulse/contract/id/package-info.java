/// Validated names of things that cross a process border. An instance of one of these types is
/// known to be well formed.
@NullMarked
package io.gympulse.contract.id;

import org.jspecify.annotations.NullMarked;
