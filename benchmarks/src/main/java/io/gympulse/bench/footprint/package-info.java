/// What a gateway takes of its machine: memory, processor, start and disk.
@NullMarked
package io.gympulse.bench.footprint;

import org.jspecify.annotations.NullMarked;
