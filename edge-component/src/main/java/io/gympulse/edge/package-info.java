/// The gateway's process. This package is the composition root; the features are in the packages
/// below.
@NullMarked
package io.gympulse.edge;

import org.jspecify.annotations.NullMarked;
