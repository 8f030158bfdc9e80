package io.gympulse.local;

import java.util.concurrent.atomic.AtomicBoolean;

/// The fault that proofs of delivery ask for: the process dies after a batch is stored and before
/// it is acknowledged. Thread-safe.
final class AcknowledgementFault {

  private static final int KILLED = 137;

  private final AtomicBoolean armed = new AtomicBoolean();

  /// Lets the next acknowledgement halt the process.
  void arm() {
    armed.set(true);
  }

  /// To be called before each acknowledgement is published. Does not return if armed.
  void beforeAcknowledgement() {
    if (armed.get()) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
