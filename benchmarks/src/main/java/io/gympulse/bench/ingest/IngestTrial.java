package io.gympulse.bench.ingest;

import io.gympulse.bench.ingest.naive.NaiveIngest;
import io.gympulse.bench.ingest.naive.Tables;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// One run of an ingest implementation over the same traffic.
interface IngestTrial extends AutoCloseable {

  /// Ingests all messages on this thread.
  void run();

  @Override
  void close();

  /// The product's handler, as the function runs it.
  final class Product implements IngestTrial {
    private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

    private final CloudStore store;
    private final IngestCounters counters = new IngestCounters();
    private final IngestHandler handler;
    private final List<List<String>> invocations;
    private final int events;

    /// @param events in all messages together
    Product(
        CloudStore store, DevicePublisher publisher, List<List<String>> invocations, int events) {
      this.store = store;
      this.handler = new IngestHandler(store, publisher, OFFLINE_AFTER, counters);
      this.invocations = invocations;
      this.events = events;
    }

    @Override
    public void run() {
      invocations.forEach(it -> Traffic.deliver(handler, it));
      if (counters.stored() != events || counters.rejected() != 0) {
        throw new IllegalStateException(
            "%d of %d events stored, %d rejected"
                .formatted(counters.stored(), events, counters.rejected()));
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /// The naive ingest, one message after the other.
  final class Naive implements IngestTrial {
    private final Tables tables;
    private final NaiveIngest ingest;
    private final List<String> messages;

    Naive(Tables tables, Consumer<byte[]> broadcast, List<String> messages) {
      this.tables = tables;
      this.ingest = new NaiveIngest(tables, broadcast);
      this.messages = messages;
    }

    @Override
    public void run() {
      messages.forEach(ingest::handle);
    }

    @Override
    public void close() {
      tables.close();
    }
  }
}
