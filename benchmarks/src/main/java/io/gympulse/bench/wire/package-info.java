/// How many bytes an event takes on its way to the cloud. The least that any code could take for
/// the same stream is computed in the same run.
@NullMarked
package io.gympulse.bench.wire;

import org.jspecify.annotations.NullMarked;
