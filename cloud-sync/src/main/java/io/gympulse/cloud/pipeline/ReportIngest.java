package io.gympulse.cloud.pipeline;

import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.RawStore;
import io.gympulse.cloud.core.device.RawStore.RawKey;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.http.ApiError.RejectedException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// Ingests a report: validates it, stores it unchanged, queues its items. Only items of stored
/// reports are queued.
///
/// An item's id is the idempotency key and the item's index, so that a repeated report is queued
/// again and counted once.
final class ReportIngest {

  /// The result of a report.
  sealed interface Outcome {
    /// It is stored and all its items are queued.
    record Accepted(RawKey key, int enqueued) implements Outcome {}

    /// It is stored, but not all its items are queued.
    ///
    /// @param reason why the first of the others is not queued, for the log
    record Partial(RawKey key, int enqueued, int items, String reason) implements Outcome {}

    /// The idempotency key was used with another body; nothing was done.
    record KeyReused() implements Outcome {}
  }

  private final RawStore raw;
  private final WorkQueue queue;

  ReportIngest(RawStore raw, WorkQueue queue) {
    this.raw = raw;
    this.queue = queue;
  }

  /// @throws RejectedException if the body is invalid; nothing was done then
  Outcome ingest(IdempotencyKey idempotencyKey, byte[] body, Instant now) {
    List<DeviceItem> items = ReportReader.read(body, idempotencyKey.id(), now);
    RawKey key = key(idempotencyKey, now);
    if (!raw.put(key, body)) {
      return new Outcome.KeyReused();
    }
    List<Unsent> unsent = queue.send(items.stream().map(ItemCodec::encode).toList());
    return unsent.isEmpty()
        ? new Outcome.Accepted(key, items.size())
        : new Outcome.Partial(
            key, items.size() - unsent.size(), items.size(), unsent.getFirst().reason());
  }

  /// A request may be repeated after midnight: the raw key contains the date of the first request.
  private RawKey key(IdempotencyKey idempotencyKey, Instant now) {
    RawKey today = new RawKey(LocalDate.ofInstant(now, ZoneOffset.UTC), idempotencyKey.id());
    RawKey yesterday = today.on(today.date().minusDays(1));
    return idempotencyKey.mayBeRepeated() && raw.get(yesterday).isPresent() ? yesterday : today;
  }
}
