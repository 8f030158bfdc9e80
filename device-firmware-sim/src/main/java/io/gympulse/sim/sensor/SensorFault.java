package io.gympulse.sim.sensor;

/// How a sensor can be broken.
public enum SensorFault {
  /// Says active at the first use and never takes it back; still checks in.
  STUCK,
  /// Falls silent for good some minutes after the start: a battery that ends.
  DEAD,
  /// Flips many times a minute while its machine is in use: a loose contact.
  CHATTERING
}
