/// Mutation testing of tests and `prove`: plants faults into copies of the sources and runs the
/// checks that should catch them. Run manually, as it builds the system once per fault.
@NullMarked
package io.gympulse.system.mutants;

import org.jspecify.annotations.NullMarked;
