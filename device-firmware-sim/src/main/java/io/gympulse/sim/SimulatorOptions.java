package io.gympulse.sim;

import io.gympulse.process.ProcessClock;
import io.gympulse.sim.lan.LanAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The simulator's command line. All times are those of the process's clock, which may be scaled.
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
      description =
          "Publish a recorded trace (lines of time,topic,payload) instead, and end after it.")
  Optional<Path> replay = Optional.empty();

  @Option(names = "--speed", paramLabel = "X", description = "Speed of the replay (default 1).")
  double speed = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same day (default 1).")
  long seed = 1;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Host the gym's broker there (default 127.0.0.1:1883; port 0: a free one).")
  Optional<LanAddress> listen = Optional.empty();

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      description = "Publish to the broker at this address.")
  Optional<LanAddress> join = Optional.empty();

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Append the ground truth to this file, as JSON lines.")
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

  @Option(
      names = "--lost-offs",
      paramLabel = "SHARE",
      description = "The share of reports of inactivity that are lost, 0 to 1 (default 0).")
  double lostOffs;

  @Option(
      names = "--bridge-restarts",
      paramLabel = "MIN",
      description = "Restart the Zigbee bridge each MIN minutes: it repeats all cached readings.")
  Optional<Integer> bridgeRestarts = Optional.empty();

  @Option(
      names = "--outages",
      paramLabel = "SEC",
      description =
          "Each half hour, devices that stamp readings store them for SEC seconds, then send all.")
  Optional<Integer> outages = Optional.empty();

  @Option(names = "--clock", paramLabel = "EPOCH,RATE", description = "Run on a scaled clock.")
  ProcessClock clock = ProcessClock.real();

  @Option(
      names = "--until",
      paramLabel = "ISO",
      description = "End at this time (by the clock in use).")
  Optional<Instant> until = Optional.empty();
}
