package io.gympulse.edge.sensing.mqtt;

import io.gympulse.edge.sensing.SourceStatus;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Subscribes to all topic filters on each connection, retries every 5 s while any of them is not
/// granted, and reports the outcome. Safe for several threads.
final class BrokerSubscription {
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final List<String> filters;
  private final Scheduler scheduler;
  private final AtomicLong connection = new AtomicLong();

  /// @param filters in the order of subscription
  BrokerSubscription(List<String> filters, Scheduler scheduler) {
    this.filters = List.copyOf(filters);
    this.scheduler = scheduler;
  }

  /// Subscribes on a new connection.
  ///
  /// @param outcome receives the outcome of each attempt until [#end]
  void begin(BrokerClient client, Consumer<SourceStatus> outcome) {
    subscribe(client, outcome, connection.incrementAndGet());
  }

  /// Ends all attempts to subscribe on the present connection.
  void end() {
    connection.incrementAndGet();
  }

  private void subscribe(BrokerClient client, Consumer<SourceStatus> outcome, long current) {
    if (connection.get() != current) {
      return;
    }
    var _ =
        client
            .subscribe(filters)
            .thenAccept(
                refusal -> {
                  if (connection.get() != current) {
                    return;
                  }
                  if (refusal.isEmpty()) {
                    outcome.accept(new SourceStatus.Running());
                    return;
                  }
                  outcome.accept(new SourceStatus.Failing(refusal.get()));
                  scheduler.after(RETRY, () -> subscribe(client, outcome, current));
                });
  }
}
