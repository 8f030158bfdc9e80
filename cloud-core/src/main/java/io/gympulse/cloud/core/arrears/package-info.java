/// What aggregation has yet to compute, and what it has to compute again.
/// Pure; kept beside the coverage it is measured against.
@NullMarked
package io.gympulse.cloud.core.arrears;

import org.jspecify.annotations.NullMarked;
