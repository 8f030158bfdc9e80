/// Pages of lists that grow with what outsiders send. Every adapter of a port uses this type.
@NullMarked
package io.gympulse.cloud.core.page;

import org.jspecify.annotations.NullMarked;
