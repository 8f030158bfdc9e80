/// The entry point of all benchmarks. Each prints a machine-readable line of figures at its end.
/// Each has a package of its own.
@NullMarked
package io.gympulse.bench;

import org.jspecify.annotations.NullMarked;
