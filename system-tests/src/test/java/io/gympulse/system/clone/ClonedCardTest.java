package io.gympulse.system.clone;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.gympulse.cloud.core.event.EventStore.StoredEvent;
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
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.sync.SyncLoop;
import io.gympulse.edge.sync.SyncSettings;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.edge.uplink.Uplink.Listener;
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

/// Two gateways run from clones of one SD card, and the cloud stores the events of both, each once:
/// real outboxes, sync loops, ingest and store, over uplinks of the test.
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
    broker.start(store, new IngestHandler(store, broker::deliver, Duration.ofMinutes(5), counters));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : opened) {
      it.close();
    }
    broker.close();
  }

  @Test
  void a_clone_with_the_same_certificate_loses_and_doubles_nothing() throws Exception {
    SqliteOutbox original = createOriginal();
    SqliteOutbox clone = cloneOutbox();
    append(original, "bike", BEFORE, AFTER);
    append(clone, "rower", BEFORE, AFTER);
    TestUplink one = connect(original, ONE);
    TestUplink other = connect(clone, ONE);
    one.connect();

    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              // Both use the same client id: each connection closes the other.
              (one.isConnected() ? other : one).connect();
              return isDone(original) && isDone(clone);
            });

    assertStoredOnce();
    assertThat(original.id()).isNotEqualTo(clone.id());
    assertThat(counters.rejected(RejectionCode.OUTBOX_CONFLICT)).isPositive();
  }

  @Test
  void a_clone_provisioned_as_another_gateway_loses_and_doubles_nothing() throws Exception {
    SqliteOutbox original = createOriginal();
    OutboxId id = original.id();
    SqliteOutbox clone = cloneOutbox();
    append(original, "bike", BEFORE, AFTER);
    append(clone, "bench", BEFORE, AFTER);
    connect(original, ONE).connect();
    await().until(() -> original.counts().waiting() == 0);
    connect(clone, OTHER).connect();

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> clone.counts().waiting() == 0 && !clone.hasConflict());

    assertStoredOnce();
    assertThat(original.id()).isEqualTo(id);
    assertThat(clone.id()).isNotEqualTo(id);
    // Events of the other gym's machines are rejected, as the other gateway sends them.
    assertThat(clone.quarantined()).hasSize(BEFORE);
  }

  /// An outbox with waiting events, some of them reserved for sending.
  private SqliteOutbox createOriginal() {
    SqliteOutbox outbox = SqliteOutbox.open(folder.resolve("original"), clock);
    opened.add(outbox);
    append(outbox, "bike", 0, BEFORE);
    outbox.reserve(new Sequence(100)).join();
    return outbox;
  }

  /// A clone of the outbox's files; all appended events are durable in them.
  private SqliteOutbox cloneOutbox() throws IOException {
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

  private TestUplink connect(SqliteOutbox outbox, GatewayAddress address) {
    TestUplink uplink = new TestUplink(address);
    SyncLoop loop =
        new SyncLoop(
            new SyncLoop.Sources(address, outbox, outbox, List::of, Optional::empty, clock),
            uplink,
            new SyncSettings(
                Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofHours(1), 100, 524_288),
            clock,
            RandomGenerator.getDefault());
    opened.addFirst(loop);
    loop.start();
    return uplink;
  }

  /// Rejected events do not wait while they are being moved to a new outbox.
  private static boolean isDone(SqliteOutbox outbox) {
    return outbox.counts().waiting() == 0 && !outbox.hasConflict();
  }

  private void assertStoredOnce() {
    List<StoredEvent> stored = broker.stored();
    List<String> contents =
        stored.stream()
            .map(StoredEvent::event)
            .map(it -> it.machine() + " " + it.at() + " " + it.status())
            .toList();
    assertThat(contents).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(contents)).isEqualTo(recorded);
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

  /// One gateway's connection, opened and closed by the test.
  private final class TestUplink implements Uplink {
    private final GatewayAddress address;
    private Optional<Listener> listener = Optional.empty();
    private volatile boolean connected;

    TestUplink(GatewayAddress address) {
      this.address = address;
    }

    @Override
    public void start(Listener it) {
      listener = Optional.of(it);
    }

    boolean isConnected() {
      return connected;
    }

    /// Connects, which closes the connection with the same client id.
    void connect() {
      broker.accept(this);
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

  /// Passes messages to ingest one after the other, and acknowledgements to connected uplinks.
  private static final class Broker implements AutoCloseable {
    private final ExecutorService queue = Executors.newSingleThreadExecutor();
    private final List<TestUplink> uplinks = new CopyOnWriteArrayList<>();
    private Optional<SqliteCloudStore> store = Optional.empty();
    private Optional<IngestHandler> ingest = Optional.empty();

    void start(SqliteCloudStore cloudStore, IngestHandler handler) {
      store = Optional.of(cloudStore);
      ingest = Optional.of(handler);
    }

    synchronized void accept(TestUplink uplink) {
      for (TestUplink it : uplinks) {
        if (it.address.equals(uplink.address) && it.connected) {
          it.connected = false;
          it.listener.orElseThrow().disconnected("session taken over");
        }
      }
      uplinks.remove(uplink);
      uplinks.add(uplink);
      uplink.connected = true;
      uplink.listener.orElseThrow().connected();
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

    void deliver(String topic, byte[] payload) {
      for (TestUplink it : uplinks) {
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
