package io.gympulse.bench.powerloss;

import io.gympulse.bench.powerloss.DiskRecording.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/// A store that works while it is recorded, and is opened again on what a loss of power left.
interface Run {
  String name();

  /// Works in this folder, and marks what it is promised.
  void record(Path folder, DiskRecording recording, RandomGenerator random);

  /// Opens what is left.
  ///
  /// @param before all steps up to the loss of power, with the marks of what was promised by then
  Verdict judge(Path folder, List<Step> before);

  /// @param lost promises that are broken
  /// @param setAside healthy files that were taken for damaged
  /// @param refused states that cannot be opened
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
