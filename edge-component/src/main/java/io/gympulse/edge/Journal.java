package io.gympulse.edge;

import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.occupancy.DwellHistories;
import io.gympulse.edge.occupancy.OccupancyDetector;
import io.gympulse.edge.occupancy.OccupancyState;
import io.gympulse.edge.occupancy.UnreadableStateException;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.time.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings what the detectors decide from the time line to the outbox, with stamps, and gives events
/// their wall time once that is known. Safe for several threads.
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final String HISTORIES = "dwell-histories";

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

  /// Where each machine starts from. What differs from its last event becomes an event, and the
  /// mark of being alive moves on together with those, or after them. None of that is waited for:
  /// an outbox that is full has room only once the gateway runs.
  Map<OccupancyDetector, OccupancyState> resumed(List<OccupancyDetector> detectors) {
    Stamp now = time.stamp(time.instant());
    Map<?, Occurrence> last = outbox.lastStates();
    Optional<Stamp> lastAlive = outbox.lastAlive();
    lastAlive.filter(it -> it.boot().equals(now.boot())).ifPresent(time::vouchedBefore);
    Map<OccupancyDetector, OccupancyState> initial = new LinkedHashMap<>();
    DwellHistories histories = histories();
    for (OccupancyDetector detector : detectors) {
      Optional<Occurrence> known = Optional.ofNullable(last.get(detector.machine()));
      Occurrence start = Resumption.of(detector.machine(), known, lastAlive, now);
      if (!known.equals(Optional.of(start))) {
        var _ = append(start);
      }
      initial.put(detector, detector.initial(onLine(start), histories));
    }
    forget(detectors, now);
    var _ = outbox.markAlive(now);
    return initial;
  }

  /// Machines that are not watched any more are unknown since they last were.
  private void forget(List<OccupancyDetector> detectors, Stamp now) {
    Set<MachineId> watched =
        detectors.stream().map(OccupancyDetector::machine).collect(Collectors.toSet());
    Optional<Stamp> lastAlive = outbox.lastAlive();
    for (Occurrence last : outbox.lastStates().values()) {
      Occurrence gone = Resumption.of(last.machine(), Optional.of(last), lastAlive, now);
      if (!watched.contains(last.machine()) && !gone.equals(last)) {
        var _ = append(gone);
      }
    }
  }

  /// What was learnt of each sensor's dwells before. It only sharpens judgement: a text that cannot
  /// be read is let go.
  private DwellHistories histories() {
    Optional<String> text =
        outbox.kept(HISTORIES).map(it -> new String(it, StandardCharsets.UTF_8));
    if (text.isEmpty()) {
      return DwellHistories.NONE;
    }
    try {
      return DwellHistories.parse(text.get());
    } catch (UnreadableStateException e) {
      LOG.warn("what was learnt of the sensors is learnt anew: {}", e.getMessage());
      return DwellHistories.NONE;
    }
  }

  /// Keeps what was learnt of the sensors for the next start.
  void keep(DwellHistories histories) {
    byte[] text = histories.text().getBytes(StandardCharsets.UTF_8);
    if (outbox.kept(HISTORIES).filter(it -> Arrays.equals(it, text)).isEmpty()) {
      var _ = outbox.keep(HISTORIES, text);
    }
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
        .filter(it -> !time.onLine(it).isAfter(watched))
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
