package io.gympulse.edge;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.occupancy.DwellHistories;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyLoop.TransitionSink;
import io.gympulse.edge.occupancy.OccupancyState;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.outbox.GatewayStateStore;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.Stamp;
import io.gympulse.process.RateLimitedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stamps transitions of the detectors and appends them to the outbox as events, and gives events
/// their wall time once it is known. If the outbox throws, a transition is retried with the next
/// transition or tick. Safe for several threads, except that one thread records.
final class EventRecorder implements TransitionSink {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);
  private static final String HISTORIES_KEY = "dwell-histories";

  private final EventQueue outbox;
  private final GatewayStateStore state;
  private final GatewayTime time;
  private final Optional<AppendLog> appendLog;
  private final Runnable ready;
  private final RateLimitedLog failures;
  // These two are used only by the thread that records.
  private final Queue<MachineState> pending = new ArrayDeque<>();
  private CompletableFuture<?> recorded = CompletableFuture.completedFuture(null);
  // Used only by the thread that calls updateBootTime.
  private Optional<Instant> lastBootTime = Optional.empty();

  /// @param appendLog gets each event that the outbox has appended
  /// @param ready run whenever there may be more to send
  /// @param nanos monotonic time, which limits the log
  EventRecorder(
      EventQueue outbox,
      GatewayStateStore state,
      GatewayTime time,
      Optional<AppendLog> appendLog,
      Runnable ready,
      LongSupplier nanos) {
    this.outbox = outbox;
    this.state = state;
    this.time = time;
    this.appendLog = appendLog;
    this.ready = ready;
    this.failures = RateLimitedLog.onePer(LOG_INTERVAL, LOG, nanos);
  }

  /// The initial state of each machine. A state that differs from the machine's last event is
  /// appended as an event; the last-alive mark is updated with these events or after them. This
  /// does not wait for the outbox: a full one has room only once the gateway runs.
  Map<OccupancyDetector, OccupancyState> initialStates(List<OccupancyDetector> detectors) {
    Stamp now = time.stamp(time.instant());
    Map<?, Occurrence> last = state.lastStates();
    Optional<Stamp> lastAlive = state.lastAlive();
    lastAlive.filter(it -> it.boot().equals(now.boot())).ifPresent(time::restoreWatermark);
    Map<OccupancyDetector, OccupancyState> initial = new LinkedHashMap<>();
    DwellHistories histories = histories();
    for (OccupancyDetector detector : detectors) {
      Optional<Occurrence> recorded = Optional.ofNullable(last.get(detector.machine()));
      Occurrence start = StartState.of(detector.machine(), recorded, lastAlive, now);
      if (!recorded.equals(Optional.of(start))) {
        var _ = append(start);
      }
      initial.put(detector, detector.initial(machineState(start), histories));
    }
    endRemovedMachines(detectors, now);
    var _ = state.markAlive(now);
    return initial;
  }

  /// Records machines that are no longer configured as unknown since the gateway was last alive.
  private void endRemovedMachines(List<OccupancyDetector> detectors, Stamp now) {
    Set<MachineId> configured =
        detectors.stream().map(OccupancyDetector::machine).collect(Collectors.toSet());
    Optional<Stamp> lastAlive = state.lastAlive();
    for (Occurrence last : state.lastStates().values()) {
      Occurrence end = StartState.of(last.machine(), Optional.of(last), lastAlive, now);
      if (!configured.contains(last.machine()) && !end.equals(last)) {
        var _ = append(end);
      }
    }
  }

  /// The stored dwell histories. They only improve the detection of stuck sensors, so unreadable
  /// ones are discarded.
  private DwellHistories histories() {
    Optional<String> text =
        state.document(HISTORIES_KEY).map(it -> new String(it, StandardCharsets.UTF_8));
    if (text.isEmpty()) {
      return DwellHistories.NONE;
    }
    try {
      return DwellHistories.parse(text.get());
    } catch (DwellHistories.UnreadableException e) {
      LOG.warn("stored dwell histories are discarded: {}", e.getMessage());
      return DwellHistories.NONE;
    }
  }

  /// Stores dwell histories for the next start.
  void store(DwellHistories histories) {
    byte[] text = histories.text().getBytes(StandardCharsets.UTF_8);
    if (state.document(HISTORIES_KEY).filter(it -> Arrays.equals(it, text)).isEmpty()) {
      var _ = state.putDocument(HISTORIES_KEY, text);
    }
  }

  /// @param transition with its time on the timeline
  @Override
  public void record(MachineState transition) {
    pending.add(transition);
    flush();
  }

  @Override
  public boolean isDurable() {
    flush();
    return pending.isEmpty() && recorded.isDone() && !recorded.isCompletedExceptionally();
  }

  private void flush() {
    try {
      for (MachineState next = pending.peek(); next != null; next = pending.peek()) {
        recorded = CompletableFuture.allOf(recorded, append(next));
        pending.remove();
      }
    } catch (RuntimeException e) {
      failures.error(
          "sink", e, "{} transitions could not be recorded and are retried", pending.size());
    }
  }

  private CompletableFuture<Sequence> append(MachineState transition) {
    CompletableFuture<Sequence> appended =
        append(
            new Occurrence(
                transition.machine(),
                transition.status(),
                transition.reason(),
                time.stamp(transition.since())));
    var _ = appended.thenRun(ready);
    return appended;
  }

  private CompletableFuture<Sequence> append(Occurrence occurrence) {
    CompletableFuture<Sequence> appended = outbox.append(occurrence);
    appendLog.ifPresent(
        log -> {
          var _ = appended.thenAccept(seq -> log.appended(outbox.id(), seq, occurrence));
        });
    return appended;
  }

  /// The states with their wall times, by the wall clock as it is.
  List<MachineState> withWallTimes(List<MachineState> states) {
    return states.stream()
        .map(
            it ->
                new MachineState(
                    it.machine(), it.status(), time.displayedWall(it.since()), it.reason()))
        .toList();
  }

  /// Stores that the gateway was running up to the watermark.
  ///
  /// @param watermark up to when no transition will be added any more, on the timeline
  /// @return completes once that is durable
  CompletableFuture<Void> markAlive(Instant watermark) {
    return state.markAlive(time.stamp(watermark));
  }

  /// The watermark in wall time; empty while that is not known. It is never later than the last
  /// durable last-alive mark: after a kill, the gateway counts as having been off since that mark.
  ///
  /// @param watermark up to when every transition is durable, on the timeline
  Optional<Instant> watermark(Instant watermark) {
    BootId boot = time.boot();
    return state
        .lastAlive()
        .filter(it -> it.boot().equals(boot))
        .filter(it -> !time.toTimeline(it).isAfter(watermark))
        .flatMap(time::watermark);
  }

  /// Passes the start of this boot to the outbox, once it is known and whenever the clock was
  /// corrected. To be called at regular intervals.
  void updateBootTime() {
    BootId boot = time.boot();
    Optional<Instant> start = time.bootedAt();
    if (start.isPresent() && (hasWaiting() || isChanged(start.get()))) {
      lastBootTime = start;
      var _ = outbox.setBootTime(boot, start.get()).thenRun(ready);
    }
  }

  private boolean hasWaiting() {
    return outbox.lastReady() < outbox.counts().recorded();
  }

  private boolean isChanged(Instant start) {
    return lastBootTime.isEmpty()
        || Duration.between(lastBootTime.get(), start)
                .abs()
                .compareTo(GatewayTime.LARGEST_CORRECTION)
            > 0;
  }

  private MachineState machineState(Occurrence occurrence) {
    Instant now = time.instant();
    Instant since = time.toTimeline(occurrence.stamp());
    return new MachineState(
        occurrence.machine(),
        occurrence.status(),
        since.isAfter(now) ? now : since,
        occurrence.reason());
  }
}
