/// The process's configuration, made by the composition root and read by the other packages.
/// Depends on no other package of this module.
@NullMarked
package io.gympulse.cloud.api.config;

import org.jspecify.annotations.NullMarked;
