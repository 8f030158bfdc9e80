package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/// A store's work that is recorded, and the check of the store after a simulated loss of power.
interface Workload {
  String name();

  /// Uses the store in this folder, and marks each guarantee that the store gives.
  void record(Path folder, DiskRecording recording, RandomGenerator random);

  /// Opens the store on the files left by a loss of power.
  ///
  /// @param before all steps up to the loss of power, with the marks of guarantees
  Verdict verify(Path folder, List<Step> before);

  /// @param lost broken guarantees
  /// @param setAside healthy files that were treated as damaged
  /// @param refused states that could not be opened
  record Verdict(long lost, long setAside, long refused) {
    static final Verdict GOOD = new Verdict(0, 0, 0);

    Verdict plus(Verdict other) {
      return new Verdict(lost + other.lost, setAside + other.setAside, refused + other.refused);
    }

    boolean isGood() {
      return equals(GOOD);
    }
  }
}
