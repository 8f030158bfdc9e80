package io.gympulse.system.environment;

import io.gympulse.system.process.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The configuration of a [TestEnvironment].
///
/// @param data the folder of all files; that of an earlier run is continued
/// @param floorPlans one per gym
/// @param apiPort 0 for a free one
/// @param clock the `EPOCH,RATE` every process is started with; empty for real time
/// @param timing intervals and time limits of gateways and cloud
/// @param allowFaults whether the cloud can be crashed between store and acknowledgement and, if
///     there is a `clock`, the gateways' clocks can be set wrong
/// @param demoControl address of the demo's control server, for the page; in the demo only
public record EnvironmentConfig(
    Launcher launcher,
    Path data,
    List<Path> floorPlans,
    int apiPort,
    Optional<String> clock,
    Timing timing,
    SensorInput sensors,
    boolean allowFaults,
    Optional<String> demoControl) {

  /// The cloud's own folder.
  Path cloudFolder() {
    return data.resolve("cloud");
  }

  /// Intervals and time limits, on the clock the processes run by.
  ///
  /// @param heartbeat the interval of gateways' heartbeats
  /// @param retry after which a gateway sends an unacknowledged batch again
  /// @param offlineAfter the silence after which a gateway counts as offline
  /// @param acknowledgeWithin how long acknowledgements of live events may be held
  public record Timing(
      Duration heartbeat, Duration retry, Duration offlineAfter, Duration acknowledgeWithin) {
    /// As in production, with the longest allowed delay of acknowledgements.
    public static final Timing PRODUCTION =
        new Timing(
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    /// The same, with immediate acknowledgements.
    public Timing withImmediateAcks() {
      return withAcksWithin(Duration.ZERO);
    }

    /// The same, with another limit for acknowledgements of live events.
    public Timing withAcksWithin(Duration limit) {
      return new Timing(heartbeat, retry, offlineAfter, limit);
    }
  }

  /// The source of the sensors' readings.
  public sealed interface SensorInput {
    /// A simulator with a broker of its own per gym.
    ///
    /// @param arguments further options of the simulator
    record Simulated(long seed, List<String> arguments) implements SensorInput {}

    /// An existing broker of the gym, on which the caller publishes.
    record External(int lanPort) implements SensorInput {}
  }
}
