package io.gympulse.edge;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyState;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Brings what the detectors decide from the time line to the outbox, with stamps, and gives events
/// their wall time once that is known. Safe for several threads.
final class Journal {
  private final Outbox outbox;
  private final GatewayTime time;
  private final Recorder recorder;
  private final Runnable ready;
  // Touched by the one thread that keeps the time.
  private Optional<Instant> told = Optional.empty();

  /// @param ready run whenever there may be more to send
  Journal(Outbox outbox, GatewayTime time, Recorder recorder, Runnable ready) {
    this.outbox = outbox;
    this.time = time;
    this.recorder = recorder;
    this.ready = ready;
  }

  /// Where each machine starts from. What differs from its last event becomes an event, and only
  /// when all of those are durable may the mark of being alive move on.
  Map<OccupancyDetector, OccupancyState> resumed(List<OccupancyDetector> detectors) {
    Stamp now = time.stamp(time.instant());
    Map<?, Occurrence> last = outbox.lastStates();
    Optional<Stamp> lastAlive = outbox.lastAlive();
    Map<OccupancyDetector, OccupancyState> initial = new LinkedHashMap<>();
    CompletableFuture<?> recorded = CompletableFuture.completedFuture(null);
    for (OccupancyDetector detector : detectors) {
      Optional<Occurrence> known = Optional.ofNullable(last.get(detector.machine()));
      Occurrence start = Resumption.of(detector.machine(), known, lastAlive, now);
      if (!known.equals(Optional.of(start))) {
        recorded = append(start);
      }
      initial.put(detector, detector.initial(onLine(start)));
    }
    recorded.join();
    outbox.markAlive(now).join();
    return initial;
  }

  /// @param transition its time on the time line
  CompletableFuture<Sequence> record(MachineState transition) {
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
    var _ = appended.thenAccept(seq -> recorder.appended(outbox.id(), seq, occurrence));
    return appended;
  }

  /// The machines' states with their times by the wall, for showing them.
  List<MachineState> shown(List<MachineState> states) {
    return states.stream()
        .map(it -> new MachineState(it.machine(), it.status(), time.shown(it.since()), it.reason()))
        .toList();
  }

  /// @param watched up to when no detector may still revise anything, on the time line
  void markAlive(Instant watched) {
    var _ = outbox.markAlive(time.stamp(watched));
  }

  /// Up to when the gateway vouches for all its machines, by the wall; empty while that is not
  /// known. A gateway that is killed takes itself to have been off since its last durable mark, so
  /// no word is given beyond it.
  ///
  /// @param watched up to when every transition is durable, on the time line
  Optional<Instant> vouchedTo(Instant watched) {
    BootId boot = time.boot();
    return outbox
        .lastAlive()
        .filter(it -> it.boot().equals(boot))
        .map(time::onLine)
        .filter(it -> !it.isAfter(watched))
        .flatMap(time::vouch);
  }

  /// Tells the outbox when this boot began, once that is known and whenever it turns out to be
  /// another moment. To be called every now and then.
  void keepTime() {
    BootId boot = time.boot();
    Optional<Instant> start = time.bootedAt();
    if (start.isPresent() && (hasWaiting() || isNews(start.get()))) {
      told = start;
      var _ = outbox.synchronised(boot, start.get()).thenRun(ready);
    }
  }

  private boolean hasWaiting() {
    return outbox.ready() < outbox.counts().recorded();
  }

  private boolean isNews(Instant start) {
    return told.isEmpty()
        || Duration.between(told.get(), start).abs().compareTo(GatewayTime.LARGEST_CORRECTION) > 0;
  }

  private MachineState onLine(Occurrence occurrence) {
    Instant now = time.instant();
    Instant since = time.onLine(occurrence.stamp());
    return new MachineState(
        occurrence.machine(),
        occurrence.status(),
        since.isAfter(now) ? now : since,
        occurrence.reason());
  }
}
