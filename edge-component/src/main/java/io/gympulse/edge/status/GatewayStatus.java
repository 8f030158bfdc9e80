package io.gympulse.edge.status;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.SensorId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a gateway knows of its sensors at a moment. Times are wall times by the gateway's clock,
/// synchronised or not.
public record GatewayStatus(
    GatewayAddress address, Instant at, List<Source> sources, List<SensorStatus> sensors) {
  public GatewayStatus {
    sources = List.copyOf(sources);
    sensors = List.copyOf(sensors);
  }

  /// A connection over which readings arrive.
  ///
  /// @param name such as `mqtt 127.0.0.1:1883` or `gpio gpiochip1`
  /// @param status `starting`, `running` or `failing`
  /// @param reason why it fails, else empty
  public record Source(String name, String status, String reason) {}

  /// One sensor.
  ///
  /// @param source the name of its [Source]
  /// @param verdict what is concluded from it, see [io.gympulse.edge.occupancy.SensorVerdict]
  /// @param since since when that holds
  /// @param reason the cause in words; empty if its readings are used as they come
  /// @param read how many readings arrived since the gateway started
  /// @param ignored how many messages had nothing new
  /// @param malformed how many messages could not be read
  /// @param lastMessageAt when the last message of any of these kinds arrived
  /// @param lastValue as received, of at most 100 characters
  /// @param hints what may be wrong with it, and what to look at
  public record SensorStatus(
      SensorId sensor,
      MachineId machine,
      String source,
      String verdict,
      Instant since,
      String reason,
      long read,
      long ignored,
      long malformed,
      Optional<Instant> lastMessageAt,
      Optional<String> lastValue,
      List<String> hints) {
    public SensorStatus {
      hints = List.copyOf(hints);
    }
  }
}
