/// Validated ids of what crosses a process border. Every instance is well formed: constructors
/// refuse any other value with an [IllegalArgumentException].
@NullMarked
package io.gympulse.contract.id;

import org.jspecify.annotations.NullMarked;
