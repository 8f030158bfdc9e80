package io.gympulse.system.rig;

import io.gympulse.system.process.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a [Rig] is made of.
///
/// @param data where everything is kept; one from an earlier run is continued
/// @param floorPlans one per gym
/// @param apiPort 0 for a free one
/// @param clock the `EPOCH,RATE` every process is started with; empty for real time
/// @param timing how often gateways speak and how soon silence shows
/// @param faults whether the cloud may be told to die between store and acknowledgement, and, on a
///     clock of their own, the gateways' clocks to go wrong
/// @param demoControl where the page finds the supervisor, in the demonstration only
public record RigPlan(
    Launcher launcher,
    Path data,
    List<Path> floorPlans,
    int apiPort,
    Optional<String> clock,
    Timing timing,
    SensorsPlan sensors,
    boolean faults,
    Optional<String> demoControl) {

  /// Where the cloud keeps everything of its own.
  Path cloudFolder() {
    return data.resolve("cloud");
  }

  /// All on the clock the processes run by.
  ///
  /// @param acknowledgeWithin how long acknowledgements of live events may be held
  public record Timing(
      Duration heartbeat, Duration retry, Duration offlineAfter, Duration acknowledgeWithin) {
    /// As in production, with all the delay that is allowed.
    public static final Timing PRODUCTION =
        new Timing(
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    /// The same, with every acknowledgement told as it comes.
    public Timing acknowledgingAtOnce() {
      return acknowledgingWithin(Duration.ZERO);
    }

    /// The same, with acknowledgements of live events held for so long.
    public Timing acknowledgingWithin(Duration held) {
      return new Timing(heartbeat, retry, offlineAfter, held);
    }
  }

  /// Where sensors' readings come from.
  public sealed interface SensorsPlan {
    /// A simulated day, with a broker of its own per gym.
    ///
    /// @param arguments further options of the simulator
    record Simulated(long seed, List<String> arguments) implements SensorsPlan {}

    /// Somebody else publishes on a broker that is there already.
    record External(int lanPort) implements SensorsPlan {}
  }
}
