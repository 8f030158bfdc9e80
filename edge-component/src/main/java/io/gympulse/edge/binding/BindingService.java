package io.gympulse.edge.binding;

import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.gpio.FreeLines;
import io.gympulse.edge.sensing.gpio.line.LineReader;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.sensing.mqtt.TopicMonitor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Switches binding on and off. While it is on, the gateway receives every message of the gym's
/// broker and reads the free GPIO lines. It goes off by itself an hour after the last use.
/// Thread-safe.
public final class BindingService implements AutoCloseable {
  private static final Duration IDLE = Duration.ofHours(1);

  private final Path floorPlan;
  private final Optional<LanBrokerConfig> broker;
  private final String clientId;
  private final LineReader reader;
  private final InstantSource clock;
  private Optional<Running> running = Optional.empty();
  private Instant usedAt = Instant.MIN;

  private record Running(BindingSession session, Optional<TopicMonitor> monitor, FreeLines lines) {}

  /// @param clientId at the broker; no other client may use it
  /// @param clock the gateway's timeline
  public BindingService(
      Path floorPlan,
      Optional<LanBrokerConfig> broker,
      String clientId,
      LineReader reader,
      InstantSource clock) {
    this.floorPlan = floorPlan;
    this.broker = broker;
    this.clientId = clientId;
    this.reader = reader;
    this.clock = clock;
  }

  /// Switches it on, if it is not.
  ///
  /// @throws FloorPlanException if the file is not a valid floor plan
  public synchronized void start() throws FloorPlanException {
    usedAt = clock.instant();
    if (running.isPresent()) {
      return;
    }
    BindingSession session = new BindingSession(floorPlan, clock);
    Optional<TopicMonitor> monitor =
        broker.map(it -> new TopicMonitor(it, clientId, session::received));
    Set<Integer> known = new HashSet<>();
    FreeLines lines =
        FreeLines.request(reader, (line, high) -> session.level(line, high, isNew(known, line)));
    monitor.ifPresent(TopicMonitor::start);
    running = Optional.of(new Running(session, monitor, lines));
  }

  private static boolean isNew(Set<Integer> known, int line) {
    synchronized (known) {
      return known.add(line);
    }
  }

  /// Switches it off. What was bound remains.
  public synchronized void stop() {
    running.ifPresent(
        it -> {
          it.monitor().ifPresent(TopicMonitor::close);
          it.lines().close();
        });
    running = Optional.empty();
  }

  /// The present round, for an action; empty if binding is off.
  public synchronized Optional<BindingSession> use() {
    usedAt = clock.instant();
    return running.map(Running::session);
  }

  /// The present round, to look at; empty if binding is off.
  public synchronized Optional<BindingSession> session() {
    if (running.isPresent() && Duration.between(usedAt, clock.instant()).compareTo(IDLE) > 0) {
      stop();
    }
    return running.map(Running::session);
  }

  /// Where candidates come from, in words.
  public synchronized String sources() {
    if (running.isEmpty()) {
      return "";
    }
    String mqtt =
        running
            .get()
            .monitor()
            .map(
                it ->
                    switch (it.status()) {
                      case SourceStatus.Starting _ -> "connecting to the broker";
                      case SourceStatus.Running _ -> "every topic of the broker";
                      case SourceStatus.Failing(String reason) -> "no broker: " + reason;
                    })
            .orElse("no broker is configured");
    return "%s, %d free GPIO lines".formatted(mqtt, running.get().lines().count());
  }

  @Override
  public void close() {
    stop();
  }
}
