package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.local.things.Contacts;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
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
import java.util.function.LongSupplier;
import org.apache.activemq.artemis.core.postoffice.impl.LocalQueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has to be looked at again and again while the broker runs: whether a connected certificate
/// was revoked or replaced (four times a second), whether more waits for a client than is kept
/// (each second), and when each thing was last heard of (kept every 10 seconds and at the end).
/// What fails of it is tried again and keeps back nothing else.
final class BrokerTending implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerTending.class);
  private static final long PAUSE_MILLIS = 250;
  private static final int ROUNDS_PER_SECOND = 4;
  private static final int ROUNDS_PER_CONTACTS = 40;

  /// Two changes within the resolution of the file system's time look like one.
  private static final Duration RECENT = Duration.ofSeconds(2);

  /// What a message needs beside its body.
  private static final long BYTES_PER_MESSAGE = 512;

  private interface Step {
    void run() throws Exception;
  }

  private final ActiveMQServer server;
  private final Clients clients;
  private final ThingRegistry things;
  private final Contacts contacts;
  private final InstantSource wall;
  private final BrokerLimits limits;
  private final LimitCounters counters;
  private final RateLimitedLog log;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("broker-tending").factory());
  private Optional<Instant> seen = Optional.empty();
  private Map<ThingName, String> unreadable = Map.of();
  private long round;

  BrokerTending(
      ActiveMQServer server,
      Clients clients,
      ThingRegistry things,
      Contacts contacts,
      InstantSource wall,
      BrokerLimits limits,
      LimitCounters counters) {
    this.server = server;
    this.clients = clients;
    this.things = things;
    this.contacts = contacts;
    this.wall = wall;
    this.limits = limits;
    this.counters = counters;
    LongSupplier nanos = System::nanoTime;
    this.log = new RateLimitedLog(LOG, nanos);
  }

  void start() {
    var _ =
        executor.scheduleWithFixedDelay(
            this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    round++;
    attempt("looking for revoked certificates", this::disconnectRevoked);
    if (round % ROUNDS_PER_SECOND == 0) {
      attempt("bounding what waits for clients", this::boundHeld);
    }
    if (round % ROUNDS_PER_CONTACTS == 0) {
      attempt("keeping the last contacts", () -> contacts.write(clients.contacts()));
    }
  }

  private void attempt(String what, Step step) {
    try {
      step.run();
    } catch (Exception e) {
      log.info(what, "{} failed and is tried again: {}", what, e.toString());
    }
  }

  private void disconnectRevoked() throws IOException {
    Optional<Instant> changed = things.changedAt();
    boolean recent = changed.filter(it -> it.isAfter(wall.instant().minus(RECENT))).isPresent();
    // A file that is mended in place changes nothing of the folder.
    boolean again = !unreadable.isEmpty() && round % ROUNDS_PER_SECOND == 0;
    if (recent || again || !changed.equals(seen)) {
      Map<ThingName, String> before = unreadable;
      unreadable = clients.disconnectRevoked(things);
      seen = changed;
      unreadable.forEach(
          (thing, why) -> {
            if (!before.containsKey(thing)) {
              LOG.warn(
                  "the connection of thing={} stays, whatever its registration: {}", thing, why);
            }
          });
    }
  }

  private void boundHeld() {
    Map<String, List<Queue>> byClient = new HashMap<>();
    server
        .getPostOffice()
        .getAllBindings()
        .forEach(
            binding -> {
              if (binding instanceof LocalQueueBinding local
                  && local.getQueue().getMessageCount() > 0) {
                String name = local.getQueue().getName().toString();
                // A subscription's queue is named CLIENT.FILTER; no client id has a dot.
                int dot = name.indexOf('.');
                if (dot > 0 && !name.startsWith("$")) {
                  byClient
                      .computeIfAbsent(name.substring(0, dot), _ -> new ArrayList<>())
                      .add(local.getQueue());
                }
              }
            });
    byClient.forEach(this::boundHeld);
  }

  private void boundHeld(String clientId, List<Queue> queues) {
    long held =
        queues.stream()
            .mapToLong(it -> it.getPersistentSize() + it.getMessageCount() * BYTES_PER_MESSAGE)
            .sum();
    if (held <= limits.heldBytesPerClient()) {
      return;
    }
    counters.count(Limit.HELD_FOR_CLIENT);
    log.info(clientId, "dropped: {} bytes waited for client={}", held, clientId);
    for (Queue queue : queues) {
      try {
        queue.deleteAllReferences();
      } catch (Exception e) {
        log.info(clientId, "what waits for client={} stays: {}", clientId, e.toString());
      }
    }
    clients.disconnect(clientId, Limits.Breach.HELD_TOO_MUCH);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      // No look may run beside the last write.
      if (executor.awaitTermination(1, TimeUnit.SECONDS)) {
        contacts.write(clients.contacts());
      }
    } catch (IOException e) {
      LOG.warn("the last contacts are not kept: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
