/// What operators have to see to: gateways out of reach, sensors not believed. Opened once per
/// episode, closed by recovery; each incident is a pure state machine.
@NullMarked
package io.gympulse.cloud.core.incident;

import org.jspecify.annotations.NullMarked;
