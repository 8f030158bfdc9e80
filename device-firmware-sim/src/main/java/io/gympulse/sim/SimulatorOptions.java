package io.gympulse.sim;

import io.gympulse.process.ProcessClock;
import io.gympulse.sim.lan.LanAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The simulator's command line. Times of a scaled clock throughout.
final class SimulatorOptions {
  static final LanAddress DEFAULT_LISTEN = new LanAddress("127.0.0.1", 1883);

  enum FaultChoice {
    NONE,
    SOME
  }

  @Option(names = "--floor-plan", paramLabel = "FILE", description = "The gym to simulate.")
  Optional<Path> floorPlan = Optional.empty();

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Publish a recorded trace (time,topic,payload lines) instead, and end with it.")
  Optional<Path> replay = Optional.empty();

  @Option(names = "--speed", paramLabel = "X", description = "Speed of the replay (default 1).")
  double speed = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed tells the same day (default 1).")
  long seed = 1;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Host the gym's broker there (default 127.0.0.1:1883; port 0: a free one).")
  Optional<LanAddress> listen = Optional.empty();

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      description = "Publish to the broker that serves there.")
  Optional<LanAddress> join = Optional.empty();

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Append what really happened, as JSON lines.")
  Optional<Path> truth = Optional.empty();

  @Option(
      names = "--at-hour",
      paramLabel = "H",
      description = "Make the gym always as busy as at this local hour, 6 to 23.")
  Optional<Integer> atHour = Optional.empty();

  @Option(
      names = "--faults",
      paramLabel = "none|some",
      description = "some: one stuck, one dead, one chattering sensor, by seed.")
  FaultChoice faults = FaultChoice.NONE;

  @Option(names = "--clock", paramLabel = "EPOCH,RATE", description = "Run on a scaled clock.")
  ProcessClock clock = ProcessClock.real();

  @Option(
      names = "--until",
      paramLabel = "ISO",
      description = "End at this time (by the clock in use).")
  Optional<Instant> until = Optional.empty();
}
