package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.count.DeviceItem;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.raw.RawKey;
import io.gympulse.cloud.core.raw.RawStore;
import io.gympulse.cloud.http.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Takes a report in: judges it, keeps it as it came, queues its items. Only what is kept is
/// queued.
///
/// Items are named by the request's name and their place, so that a report that comes again is
/// queued again and counted once.
final class Accept {

  /// What became of a report.
  sealed interface Outcome {
    /// All of it is kept and queued.
    record Accepted(RawKey key, int enqueued) implements Outcome {}

    /// It is kept, and not all of it is queued.
    ///
    /// @param reason why the first of the others is not, for the log
    record Partial(RawKey key, int enqueued, int items, String reason) implements Outcome {}

    /// The request's name stands for another body already; nothing was done.
    record NameTaken() implements Outcome {}
  }

  private final RawStore raw;
  private final WorkQueue queue;

  Accept(RawStore raw, WorkQueue queue) {
    this.raw = raw;
    this.queue = queue;
  }

  /// @throws Refusal naming what is amiss in the body; nothing was done then
  Outcome take(RequestName name, byte[] body, Instant now) {
    List<DeviceItem> items = ReportReader.read(body, name.id(), now);
    RawKey key = key(name, now);
    if (!raw.put(key, body)) {
      return new Outcome.NameTaken();
    }
    List<Unsent> unsent = queue.send(items.stream().map(ItemCodec::encode).toList());
    return unsent.isEmpty()
        ? new Outcome.Accepted(key, items.size())
        : new Outcome.Partial(
            key, items.size() - unsent.size(), items.size(), unsent.getFirst().reason());
  }

  /// A request may be repeated after midnight: its body's key is that of the day it came first.
  private RawKey key(RequestName name, Instant now) {
    RawKey today = new RawKey(LocalDate.ofInstant(now, ZoneOffset.UTC), name.id());
    RawKey yesterday = today.on(today.date().minusDays(1));
    return name.repeated() && raw.get(yesterday).isPresent() ? yesterday : today;
  }
}
