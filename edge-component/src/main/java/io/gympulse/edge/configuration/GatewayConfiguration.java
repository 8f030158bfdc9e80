package io.gympulse.edge.configuration;

import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.floorplan.OpeningHours;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.uplink.UplinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The configuration of a gateway.
///
/// @param machines the machines that this gateway monitors: those of the floor plan with sensors;
///     with the installer's screen there may be none yet
/// @param openingHours of the gym; empty if its floor plan states none
/// @param lan present if any of their sensors is on MQTT
/// @param card that holds `dataDir`
/// @param screen empty if the installer's screen is off
public record GatewayConfiguration(
    GatewayAddress address,
    List<Machine> machines,
    Optional<OpeningHours> openingHours,
    Path dataDir,
    Optional<LanBrokerConfig> lan,
    UplinkSettings uplink,
    Timing timing,
    Card card,
    Optional<ScreenSettings> screen) {
  public GatewayConfiguration {
    machines = List.copyOf(machines);
  }

  /// A configuration of a gateway with a usual card and without the installer's screen.
  public GatewayConfiguration(
      GatewayAddress address,
      List<Machine> machines,
      Optional<OpeningHours> openingHours,
      Path dataDir,
      Optional<LanBrokerConfig> lan,
      UplinkSettings uplink,
      Timing timing) {
    this(
        address,
        machines,
        openingHours,
        dataDir,
        lan,
        uplink,
        timing,
        Card.USUAL,
        Optional.empty());
  }

  /// @param heartbeat interval between heartbeats
  /// @param retry how long to wait for an acknowledgement before an event is sent again
  /// @param stuckAfter how long a sensor may stay active before it counts as stuck
  public record Timing(Duration heartbeat, Duration retry, Duration stuckAfter, ClockTrust clock) {}

  /// What a memory card endures.
  ///
  /// @param ratedCycles how often each of its cells can be programmed
  /// @param writeAmplification how many bytes it programs for a byte that is written
  public record Card(double ratedCycles, double writeAmplification) {
    /// A consumer's card (TLC), and small writes that are flushed each.
    public static final Card USUAL = new Card(1_000, 10);
  }

  /// When the machine's wall clock counts as synchronised.
  public enum ClockTrust {
    /// While the kernel counts it as synchronised; until then events wait.
    KERNEL,
    /// Always: it is the cloud's own clock, or is kept synchronised without the kernel's knowledge.
    TRUSTED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    static Optional<ClockTrust> ofWireName(String wireName) {
      return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
    }
  }
}
