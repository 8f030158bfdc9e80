package io.gympulse.cloud.api.gateways;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Delivery;
import io.gympulse.contract.message.GatewayHealth.Device;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Storage;
import io.gympulse.contract.message.GatewayHealth.Throttling;
import io.gympulse.contract.message.ThrottlingCause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// `GET /gateways/{id}/health`: a gateway's last report about itself. Times are ISO-8601; what the
/// gateway does not know is null.
///
/// @param reportedAt when it was sent, or when it arrived if the gateway's clock was wrong
/// @param ageSeconds since then
/// @param sensorVerdicts how many sensors there are of each verdict, all counted
/// @param sensors faulty ones first; `sensorsOmitted` had no room in the report
public record GatewayHealthView(
    String id,
    String gymId,
    Instant reportedAt,
    long ageSeconds,
    @JsonUnwrapped Delivery delivery,
    @JsonUnwrapped DeviceView device,
    @JsonUnwrapped Storage storage,
    @JsonUnwrapped SoftwareView software,
    Map<String, Integer> sensorVerdicts,
    int sensorsOmitted,
    List<SensorView> sensors) {

  static GatewayHealthView of(ReceivedHealth received, Instant now) {
    GatewayHealth it = received.health();
    return new GatewayHealthView(
        it.from().gateway().value(),
        it.from().gym().value(),
        received.reportedAt(),
        Math.max(0, Duration.between(received.reportedAt(), now).toSeconds()),
        it.delivery(),
        DeviceView.of(it.device()),
        it.storage(),
        SoftwareView.of(it.software()),
        new TreeMap<>(it.sensors().verdicts()),
        it.sensors().omitted(),
        it.sensors().listed().stream().map(SensorView::of).toList());
  }

  /// @param throttled why the firmware limits the processor now
  /// @param throttledSinceBoot why it did at some time since the machine was started
  public record DeviceView(
      boolean clockSynchronised,
      Optional<Double> cpuTemperatureCelsius,
      Optional<List<String>> throttled,
      Optional<List<String>> throttledSinceBoot,
      Optional<Long> residentBytes,
      Optional<Long> heapUsedBytes) {
    static DeviceView of(Device it) {
      return new DeviceView(
          it.clockSynchronised(),
          it.cpuTemperatureCelsius(),
          it.throttling().map(Throttling::now).map(DeviceView::names),
          it.throttling().map(Throttling::sinceBoot).map(DeviceView::names),
          it.residentBytes(),
          it.heapUsedBytes());
    }

    private static List<String> names(Set<ThrottlingCause> causes) {
      return causes.stream().sorted().map(ThrottlingCause::wireName).toList();
    }
  }

  public record SoftwareView(
      String gatewayVersion, String javaVersion, String osVersion, long boots, long upSeconds) {
    static SoftwareView of(GatewayHealth.Software it) {
      return new SoftwareView(it.gateway(), it.java(), it.os(), it.boots(), it.upSeconds());
    }
  }

  /// @param read readings since the gateway started
  /// @param ignored messages with nothing new
  /// @param malformed messages that could not be read
  public record SensorView(
      String id,
      String machineId,
      String verdict,
      Instant since,
      String reason,
      long read,
      long ignored,
      long malformed,
      Optional<Instant> lastMessageAt) {
    static SensorView of(SensorHealth it) {
      return new SensorView(
          it.sensor().value(),
          it.machine().value(),
          it.verdict(),
          it.since(),
          it.reason(),
          it.counts().read(),
          it.counts().ignored(),
          it.counts().malformed(),
          it.lastMessageAt());
    }
  }
}
