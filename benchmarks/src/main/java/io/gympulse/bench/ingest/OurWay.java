package io.gympulse.bench.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import java.time.Duration;
import java.util.List;

/// The handler as the function runs it.
final class OurWay implements Way {
  private static final Duration OFFLINE_AFTER = Duration.ofMinutes(5);

  private final CloudStore store;
  private final IngestCounters counters = new IngestCounters();
  private final IngestHandler handler;
  private final List<List<String>> invocations;
  private final int events;

  /// @param events how many all messages hold together
  OurWay(CloudStore store, DevicePublisher publisher, List<List<String>> invocations, int events) {
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
