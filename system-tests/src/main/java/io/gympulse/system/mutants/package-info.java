/// Faults planted into a copy of the sources, and whether the checks that are to catch them do.
/// Started by hand only: it builds the system once per fault.
@NullMarked
package io.gympulse.system.mutants;

import org.jspecify.annotations.NullMarked;
