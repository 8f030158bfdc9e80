/// The bytes of an event on its way to the cloud. The lower bound of any encoding of the same
/// events is computed in the same run.
@NullMarked
package io.gympulse.bench.wire;

import org.jspecify.annotations.NullMarked;
