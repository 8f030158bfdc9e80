/// Signs of life. They are small and cost nothing to lose.
@NullMarked
package io.gympulse.edge.health;

import org.jspecify.annotations.NullMarked;
