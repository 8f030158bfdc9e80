/// What the composition root decides and the other packages read.
/// It depends on no other package of this module.
@NullMarked
package io.gympulse.cloud.api.setting;

import org.jspecify.annotations.NullMarked;
