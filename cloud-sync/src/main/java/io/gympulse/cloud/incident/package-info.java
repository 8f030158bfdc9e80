/// Tells operators what they have to see to: gateways that fell silent, sensors that are not
/// believed. Once per episode, once for its end, and once for many gateways that went together.
@NullMarked
package io.gympulse.cloud.incident;

import org.jspecify.annotations.NullMarked;
