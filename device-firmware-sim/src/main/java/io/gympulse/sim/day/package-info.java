/// What really happens on a gym's floor, as a pure function of floor plan, seed and start. Nothing
/// here knows of sensors or messages: these are the facts that sensors later report well or badly.
@NullMarked
package io.gympulse.sim.day;

import org.jspecify.annotations.NullMarked;
