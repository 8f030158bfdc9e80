package io.gympulse.system.clone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.event.StoredEvent;
import io.gympulse.cloud.ingest.IngestCounters;
import io.gympulse.cloud.ingest.IngestHandler;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.RejectionCode;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.sync.SyncLoop;
import io.gympulse.edge.sync.SyncSettings;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.edge.uplink.UplinkListener;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two gateways run from copies of one card, both record, and the cloud keeps what both recorded,
/// each event once: real outboxes, senders, ingest and store, with a connection of the test's own.
class ClonedCardTest {
  private static final GatewayAddress ONE = address("downtown", "gw-1");
  private static final GatewayAddress OTHER = address("harbour", "gw-2");
  private static final int BEFORE = 400;
  private static final int AFTER = 300;

  @TempDir private Path folder;
  private final ProcessClock clock = ProcessClock.real();
  private final Instant start =
      Instant.ofEpochMilli(clock.instant().minusSeconds(4_000).toEpochMilli());
  private final Set<String> recorded = new TreeSet<>();
  private final IngestCounters counters = new IngestCounters();
  private final Broker broker = new Broker();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void openCloud() {
    SqliteCloudStore store = SqliteCloudStore.open(folder.resolve("cloud.db"));
    store.floorPlans().register(plan(ONE, "bike", "rower"));
    store.floorPlans().register(plan(OTHER, "bench"));
    broker.serve(store, new IngestHandler(store, broker::answer, Duration.ofMinutes(5), counters));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : opened) {
      it.close();
    }
    broker.close();
  }

  @Test
  void of_a_copy_with_the_same_certificate_nothing_is_lost_and_nothing_doubled() throws Exception {
    SqliteOutbox original = original();
    SqliteOutbox copy = copied();
    append(original, "bike", BEFORE, AFTER);
    append(copy, "rower", BEFORE, AFTER);
    Link one = connect(original, ONE);
    Link other = connect(copy, ONE);
    one.turn();

    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              // The broker knows one client of this name: each connection ends the other.
              (one.isConnected() ? other : one).turn();
              return isDone(original) && isDone(copy);
            });

    assertKeptOnce();
    assertThat(original.id()).isNotEqualTo(copy.id());
    assertThat(counters.rejected(RejectionCode.OUTBOX_CONFLICT)).isPositive();
  }

  @Test
  void of_a_copy_that_was_provisioned_as_another_gateway_nothing_is_lost_and_nothing_doubled()
      throws Exception {
    SqliteOutbox original = original();
    OutboxId id = original.id();
    SqliteOutbox copy = copied();
    append(original, "bike", BEFORE, AFTER);
    append(copy, "bench", BEFORE, AFTER);
    connect(original, ONE).turn();
    await().until(() -> original.counts().waiting() == 0);
    connect(copy, OTHER).turn();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> copy.counts().waiting() == 0 && !copy.copied());

    assertKeptOnce();
    assertThat(original.id()).isEqualTo(id);
    assertThat(copy.id()).isNotEqualTo(id);
    // What the copy holds of the other gym's machines is for its own gateway to tell.
    assertThat(copy.quarantined()).hasSize(BEFORE);
  }

  /// A card with events that wait, of which some may have been sent.
  private SqliteOutbox original() {
    SqliteOutbox outbox = SqliteOutbox.open(folder.resolve("original"), clock);
    opened.add(outbox);
    append(outbox, "bike", 0, BEFORE);
    outbox.reserve(new Sequence(100)).join();
    return outbox;
  }

  /// As the card is now; events are durable in what has been written.
  private SqliteOutbox copied() throws IOException {
    Path to = Files.createDirectories(folder.resolve("copy"));
    for (String name : List.of("outbox.db", "outbox.db-wal")) {
      Files.copy(folder.resolve("original").resolve(name), to.resolve(name));
    }
    SqliteOutbox outbox = SqliteOutbox.open(to, clock);
    opened.add(outbox);
    return outbox;
  }

  private void append(SqliteOutbox outbox, String machine, int from, int count) {
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      Instant at = start.plusSeconds(i);
      MachineStatus status = i % 2 == 0 ? MachineStatus.OCCUPIED : MachineStatus.FREE;
      recorded.add(machine + " " + at + " " + status);
      Stamp stamp =
          new Stamp(
              new BootId("boot"),
              Duration.ofSeconds(i),
              Optional.of(new Stamp.Wall(at, TimeQuality.SYNCED)));
      all.add(
          outbox.append(new Occurrence(new MachineId(machine), status, Optional.empty(), stamp)));
    }
    all.forEach(CompletableFuture::join);
  }

  private Link connect(SqliteOutbox outbox, GatewayAddress address) {
    Link link = new Link(address);
    SyncLoop loop =
        new SyncLoop(
            new SyncLoop.Sources(address, outbox, List::of, Optional::empty, clock),
            link,
            new SyncSettings(
                Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofHours(1), 100, 524_288),
            clock,
            RandomGenerator.getDefault());
    opened.addFirst(loop);
    loop.start();
    return link;
  }

  /// What is refused waits no more, until it is given numbers of a new outbox.
  private static boolean isDone(SqliteOutbox outbox) {
    return outbox.counts().waiting() == 0 && !outbox.copied();
  }

  private void assertKeptOnce() {
    List<StoredEvent> stored = broker.stored();
    List<String> kept =
        stored.stream()
            .map(StoredEvent::event)
            .map(it -> it.machine() + " " + it.at() + " " + it.status())
            .toList();
    assertThat(kept).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(kept)).isEqualTo(recorded);
    Map<OutboxId, Set<Long>> numbers =
        stored.stream()
            .collect(
                groupingBy(StoredEvent::outbox, mapping(it -> it.event().seq().value(), toSet())));
    assertThat(numbers.values().stream().mapToInt(Set::size).sum()).isEqualTo(stored.size());
  }

  private static GatewayAddress address(String gym, String gateway) {
    return new GatewayAddress(new GymId(gym), new GatewayId(gateway));
  }

  private static FloorPlan plan(GatewayAddress of, String... machines) {
    Gym gym = new Gym(of.gym(), of.gym().value(), 40, -74, ZoneId.of("America/New_York"));
    List<Machine> all = new ArrayList<>();
    for (String it : machines) {
      all.add(new Machine(new MachineId(it), new CategoryId("cardio"), it, 0, 0, List.of()));
    }
    return new FloorPlan(gym, of.gateway(), all);
  }

  /// One gateway's connection, which the test makes and ends.
  private final class Link implements Uplink {
    private final GatewayAddress address;
    private Optional<UplinkListener> listener = Optional.empty();
    private volatile boolean connected;

    Link(GatewayAddress address) {
      this.address = address;
    }

    @Override
    public void start(UplinkListener it) {
      listener = Optional.of(it);
    }

    boolean isConnected() {
      return connected;
    }

    /// Connects, which ends the connection of the same name.
    void turn() {
      broker.take(this);
    }

    @Override
    public CompletableFuture<Void> publish(String topic, byte[] payload) {
      if (!connected) {
        return CompletableFuture.failedFuture(new IllegalStateException("not connected"));
      }
      broker.publish(topic, payload);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      connected = false;
    }
  }

  /// Hands messages to ingest one after the other, and answers to whoever is connected by then.
  private static final class Broker implements AutoCloseable {
    private final ExecutorService queue = Executors.newSingleThreadExecutor();
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private Optional<SqliteCloudStore> store = Optional.empty();
    private Optional<IngestHandler> ingest = Optional.empty();

    void serve(SqliteCloudStore ofCloud, IngestHandler handler) {
      store = Optional.of(ofCloud);
      ingest = Optional.of(handler);
    }

    synchronized void take(Link link) {
      for (Link it : links) {
        if (it.address.equals(link.address) && it.connected) {
          it.connected = false;
          it.listener.orElseThrow().disconnected("session taken over");
        }
      }
      links.remove(link);
      links.add(link);
      link.connected = true;
      link.listener.orElseThrow().connected();
    }

    void publish(String topic, byte[] payload) {
      String body = new String(payload, StandardCharsets.UTF_8);
      String selected =
          "%s,\"topic\":\"%s\",\"receivedAt\":%d}"
              .formatted(
                  body.substring(0, body.lastIndexOf('}')),
                  topic,
                  ProcessClock.real().instant().toEpochMilli());
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("1");
      message.setBody(selected);
      SQSEvent event = new SQSEvent();
      event.setRecords(List.of(message));
      queue.execute(() -> ingest.orElseThrow().handleRequest(event, null));
    }

    void answer(String topic, byte[] payload) {
      for (Link it : links) {
        if (it.connected && topic.equals(Topics.acks(it.address))) {
          it.listener.orElseThrow().acknowledgement(payload);
        }
      }
    }

    List<StoredEvent> stored() {
      List<StoredEvent> all = new ArrayList<>();
      store.orElseThrow().events().forEach(all::add);
      return all;
    }

    @Override
    public void close() {
      queue.close();
      store.orElseThrow().close();
    }
  }
}
