package io.gympulse.edge.status;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.floorplan.SourceConfig.GpioChip;
import io.gympulse.contract.id.SensorId;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.occupancy.SensorVerdict;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.status.GatewayStatus.Source;
import io.gympulse.edge.time.GatewayTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Puts together what sources and occupancy know of each sensor. Thread-safe.
public final class GatewayStatusReport {
  private final GatewayConfiguration configuration;
  private final List<ReadingSource> sources;
  private final Supplier<List<SensorVerdict>> verdicts;
  private final GatewayTime time;
  private final Map<SensorId, Sensor> sensors = new HashMap<>();

  /// @param sources all sensors' sources
  /// @param verdicts the present ones
  public GatewayStatusReport(
      GatewayConfiguration configuration,
      List<ReadingSource> sources,
      Supplier<List<SensorVerdict>> verdicts,
      GatewayTime time) {
    this.configuration = configuration;
    this.sources = List.copyOf(sources);
    this.verdicts = verdicts;
    this.time = time;
    configuration.machines().stream()
        .flatMap(it -> it.sensors().stream())
        .forEach(it -> sensors.put(it.id(), it));
  }

  /// What is known at present.
  public GatewayStatus get() {
    Map<SensorId, SensorStats> stats = new HashMap<>();
    Map<SensorId, Source> bySensor = new HashMap<>();
    List<Source> described = new ArrayList<>();
    for (ReadingSource it : sources) {
      Source source = describe(it);
      described.add(source);
      it.sensors().forEach(sensor -> bySensor.put(sensor, source));
      stats.putAll(it.stats());
    }
    List<SensorStatus> statuses = new ArrayList<>();
    for (SensorVerdict verdict : verdicts.get()) {
      Sensor sensor = sensors.get(verdict.sensor());
      Source source = bySensor.get(verdict.sensor());
      if (sensor != null && source != null) {
        SensorStats received = stats.getOrDefault(verdict.sensor(), SensorStats.NONE);
        statuses.add(status(sensor, source, verdict, received));
      }
    }
    return new GatewayStatus(
        configuration.address(), wholeMillis(time.displayedWall()), described, statuses);
  }

  private Instant wall(Instant onTimeline) {
    return wholeMillis(time.displayedWall(onTimeline));
  }

  private static Instant wholeMillis(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS);
  }

  private SensorStatus status(
      Sensor sensor, Source source, SensorVerdict verdict, SensorStats stats) {
    boolean connected = source.status().equals("running");
    return new SensorStatus(
        sensor.id(),
        verdict.machine(),
        source.name(),
        verdict.verdict(),
        wall(verdict.since()),
        verdict.reason(),
        stats.read(),
        stats.ignored(),
        stats.malformed(),
        stats.lastMessageAt().map(this::wall),
        stats.lastValue(),
        SensorHints.of(sensor, connected, verdict.verdict(), stats));
  }

  private Source describe(ReadingSource source) {
    String name = source.sensors().stream().findAny().map(this::nameOf).orElse("none");
    return switch (source.status()) {
      case SourceStatus.Starting _ -> new Source(name, "starting", "");
      case SourceStatus.Running _ -> new Source(name, "running", "");
      case SourceStatus.Failing(String reason) -> new Source(name, "failing", reason);
    };
  }

  private String nameOf(SensorId id) {
    Sensor sensor = sensors.get(id);
    return switch (sensor == null ? null : sensor.source()) {
      case null -> "unknown";
      case SourceConfig.Mqtt _ -> configuration.lan().map(it -> "mqtt " + it).orElse("mqtt");
      case SourceConfig.Gpio it -> "gpio " + it.chip().map(GpioChip::value).orElse("header");
    };
  }
}
