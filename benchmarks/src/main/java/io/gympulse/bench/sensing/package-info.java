/// How exactly each kind of sensor shows the use of its machine, through the gateway's reading of
/// messages and its detectors, in virtual time.
@NullMarked
package io.gympulse.bench.sensing;

import org.jspecify.annotations.NullMarked;
