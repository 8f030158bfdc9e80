/// The live latency and the losses of an honest gym while hostile clients attack the cloud.
/// Each attack must have an effect to count.
@NullMarked
package io.gympulse.bench.hostile;

import org.jspecify.annotations.NullMarked;
