package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.local.broker.MqttLimits.Violation;
import io.gympulse.local.things.LastContacts;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.postoffice.impl.LocalQueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Periodic tasks of the running broker: it disconnects clients whose certificate was revoked or
/// replaced (four times a second), drops the messages of clients with too many queued bytes (each
/// second) and writes each thing's last contact (every 10 seconds and at the end). A task that
/// fails is repeated and does not affect the others.
final class BrokerMaintenance implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerMaintenance.class);
  private static final long INTERVAL_MILLIS = 250;
  private static final int ROUNDS_PER_SECOND = 4;
  private static final int ROUNDS_PER_CONTACTS = 40;

  /// More than the resolution of the file system's time, within which two changes look like one.
  private static final Duration TIMESTAMP_RESOLUTION = Duration.ofSeconds(2);

  /// Memory of a message besides its body.
  private static final long BYTES_PER_MESSAGE = 512;

  private interface Task {
    void run() throws Exception;
  }

  private final ActiveMQServer server;
  private final ConnectedClients clients;
  private final ThingRegistry things;
  private final LastContacts contacts;
  private final InstantSource wall;
  private final BrokerLimits limits;
  private final LimitCounters counters;
  private final RateLimitedLog log;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("broker-maintenance").factory());
  private Optional<Instant> checkedVersion = Optional.empty();
  private Map<ThingName, String> unreadable = Map.of();
  private long round;

  BrokerMaintenance(
      ActiveMQServer server,
      ConnectedClients clients,
      ThingRegistry things,
      LastContacts contacts,
      ProcessClock wall,
      BrokerLimits limits,
      LimitCounters counters) {
    this.server = server;
    this.clients = clients;
    this.things = things;
    this.contacts = contacts;
    this.wall = wall;
    this.limits = limits;
    this.counters = counters;
    this.log = new RateLimitedLog(LOG, wall::nanos);
  }

  void start() {
    var _ =
        executor.scheduleWithFixedDelay(
            this::run, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void run() {
    round++;
    attempt("disconnecting revoked certificates", this::disconnectRevoked);
    if (round % ROUNDS_PER_SECOND == 0) {
      attempt("limiting queued messages", this::limitQueued);
    }
    if (round % ROUNDS_PER_CONTACTS == 0) {
      attempt("writing the last contacts", () -> contacts.write(clients.contacts()));
    }
  }

  private void attempt(String name, Task task) {
    try {
      task.run();
    } catch (Exception e) {
      log.info(name, "{} failed and is retried: {}", name, e.toString());
    }
  }

  private void disconnectRevoked() throws IOException {
    Optional<Instant> changed = things.changedAt();
    boolean recent =
        changed.filter(it -> it.isAfter(wall.instant().minus(TIMESTAMP_RESOLUTION))).isPresent();
    // A file that is corrected in place does not change the folder's time.
    boolean retry = !unreadable.isEmpty() && round % ROUNDS_PER_SECOND == 0;
    if (recent || retry || !changed.equals(checkedVersion)) {
      Map<ThingName, String> before = unreadable;
      unreadable = clients.disconnectRevoked(things);
      checkedVersion = changed;
      unreadable.forEach(
          (thing, reason) -> {
            if (!before.containsKey(thing)) {
              LOG.warn(
                  "the connection of thing={} stays, its registration cannot be read: {}",
                  thing,
                  reason);
            }
          });
    }
  }

  private void limitQueued() {
    Map<String, List<Queue>> byClient = new HashMap<>();
    server
        .getPostOffice()
        .getAllBindings()
        .forEach(
            binding -> {
              if (binding instanceof LocalQueueBinding local
                  && local.getQueue().getMessageCount() > 0) {
                String name = local.getQueue().getName().toString();
                // A subscription's queue is named CLIENT.FILTER; client ids have no dots.
                int dot = name.indexOf('.');
                if (dot > 0 && !name.startsWith("$")) {
                  byClient
                      .computeIfAbsent(name.substring(0, dot), _ -> new ArrayList<>())
                      .add(local.getQueue());
                }
              }
            });
    byClient.forEach(this::limitQueued);
  }

  private void limitQueued(String clientId, List<Queue> queues) {
    long bytes =
        queues.stream()
            .mapToLong(it -> it.getPersistentSize() + it.getMessageCount() * BYTES_PER_MESSAGE)
            .sum();
    if (bytes <= limits.queuedBytesPerClient()) {
      return;
    }
    counters.count(Limit.QUEUED_FOR_CLIENT);
    log.info(clientId, "dropped: {} bytes waited for client={}", bytes, clientId);
    for (Queue queue : queues) {
      try {
        queue.deleteAllReferences();
      } catch (Exception e) {
        log.info(
            clientId, "the messages of client={} cannot be dropped: {}", clientId, e.toString());
      }
    }
    clients.disconnect(clientId, Violation.TOO_MUCH_QUEUED);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      // No other write may run at the same time.
      if (executor.awaitTermination(1, TimeUnit.SECONDS)) {
        contacts.write(clients.contacts());
      }
    } catch (IOException e) {
      LOG.warn("the last contacts are not written: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
