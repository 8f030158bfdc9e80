package io.gympulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.state.aggregate.CategoryBin;
import io.gympulse.cloud.state.aggregate.MachineBin;
import io.gympulse.cloud.state.aggregate.Window;
import io.gympulse.cloud.state.coverage.Interval;
import io.gympulse.cloud.state.feed.FeedCodec;
import io.gympulse.cloud.state.feed.FeedUpdate;
import io.gympulse.cloud.state.sqlite.SqliteCloudStore;
import io.gympulse.cloud.state.sqlite.SqliteCloudView;
import io.gympulse.contract.clock.ProcessClock;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.Decoded;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.topic.TopicRules;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.provision.Provision;
import io.gympulse.local.provision.Refusals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The whole local cloud, with the device SDK that gateways use as its client.
class LocalCloudTest {

  private static final String PLAN =
      """
      {"gym":{"id":"gym-1","name":"One","latitude":1.0,"longitude":2.0,"zone":"Europe/Zurich"},
       "gateway":"gw-1",
       "machines":[{"id":"m-1","category":"bike","name":"Bike 1","x":1.0,"y":1.0,
         "sensors":[{"id":"s-1","behaviour":"level","source":{"type":"mqtt","format":"json",
           "topic":"gym/m-1","property":"active","activeWhen":true}}]}]}
      """;
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("gym-1"), new GatewayId("gw-1"));

  @TempDir Path directory;
  RunningCloud cloud;

  @BeforeEach
  void start() throws IOException {
    Path plan = Files.writeString(directory.resolve("plan.json"), PLAN);
    int exit =
        Refusals.commandLine(new Provision())
            .execute(
                "--data=" + data(),
                "--gym=gym-1",
                "--gateway=gw-1",
                "--out=" + directory.resolve("gw"),
                "--floor-plan=" + plan);
    assertThat(exit).isZero();
    cloud = RunningCloud.start(settings(0, 0));
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void a_batch_of_a_stock_device_client_is_stored_acknowledged_and_told() throws Exception {
    OutboxId outbox = OutboxId.random();
    try (DeviceClient device = connect();
        BufferedReader feed = feed()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), BatchCodec.encode(batch(outbox, 1)));

      assertThat(acknowledgement(device.take()))
          .isEqualTo(new Acknowledgement(GATEWAY, outbox, List.of(SeqRange.of(1, 1)), List.of()));
      FeedUpdate.MachineChanged told = machineChange(feed);
      assertThat(told.state().status()).isEqualTo(MachineStatus.OCCUPIED);
    }
  }

  @Test
  void live_batches_are_acknowledged_together_and_basic_ingest_brings_them_as_well()
      throws Exception {
    EventBatch first = batch(OutboxId.random(), 3);
    try (DeviceClient device = connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      for (MachineEvent event : first.events()) {
        EventBatch one =
            new EventBatch(
                GATEWAY,
                first.outbox(),
                BatchKind.LIVE,
                first.sentAt(),
                Optional.empty(),
                List.of(event));
        device.publish(
            Topics.basicIngest(TopicRules.GATEWAY_BATCHES, Topics.batches(GATEWAY)),
            BatchCodec.encode(one));
      }

      assertThat(acknowledgement(device.take()))
          .isEqualTo(
              new Acknowledgement(GATEWAY, first.outbox(), List.of(SeqRange.of(1, 3)), List.of()));
    }
  }

  @Test
  void an_observer_sees_why_a_batch_is_rejected() throws Exception {
    int exit =
        Refusals.commandLine(new Provision())
            .execute("--data=" + data(), "--observer=eye", "--out=" + directory.resolve("eye"));
    assertThat(exit).isZero();
    byte[] malformed = "{\"version\":1,\"gym\":".getBytes(UTF_8);
    try (DeviceClient device = connect();
        DeviceClient observer =
            DeviceClient.connect(directory.resolve("eye"), "eye", cloud.mqttPort())) {
      observer.subscribe(Topics.ERRORS);
      device.publish(Topics.batches(GATEWAY), malformed);

      JsonNode reject = new ObjectMapper().readTree(observer.take());
      assertThat(reject.path("code").asText()).isEqualTo("malformed");
      assertThat(reject.path("topic").asText()).isEqualTo(Topics.batches(GATEWAY));
      assertThat(Base64.getDecoder().decode(reject.path("payload").asText())).isEqualTo(malformed);
    }
  }

  @Test
  void an_empty_outbox_proves_time_and_a_machine_on_no_plan_is_listed() throws Exception {
    OutboxId outbox = OutboxId.random();
    EventBatch batch = batch(outbox, 1);
    Instant begun = batch.events().getFirst().at();
    Instant coveredTo = begun.plusMillis(500);
    try (DeviceClient device = connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), BatchCodec.encode(batch));
      device.take();
      device.publish(
          Topics.heartbeat(GATEWAY),
          HeartbeatCodec.encode(
              new Heartbeat(
                  GATEWAY, batch.sentAt(), Optional.of(coveredTo), 0, Optional.of(outbox))));
      device.publish(
          Topics.batches(GATEWAY),
          BatchCodec.encode(of(new MachineId("stray"), OutboxId.random())));
      device.take();
    }
    URI unregistered = URI.create("http://127.0.0.1:" + cloud.feedPort() + "/unregistered");
    try (InputStream answer = unregistered.toURL().openStream()) {
      assertThat(new String(answer.readAllBytes(), UTF_8))
          .contains("\"gym\":\"gym-1\",\"machine\":\"stray\"");
    }
    cloud.close();
    try (SqliteCloudStore store = SqliteCloudStore.open(new DataFolder(data()).database())) {
      assertThat(store.gateways().find(GATEWAY.gateway()).orElseThrow().coverage().covered())
          .containsExactly(new Interval(outbox, begun, coveredTo));
    }
  }

  @Test
  void closing_with_batches_under_way_leaves_no_stack_trace() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    try (DeviceClient device = connect()) {
      for (int i = 0; i < 20; i++) {
        device.publish(Topics.batches(GATEWAY), BatchCodec.encode(batch(OutboxId.random(), 500)));
      }
      cloud.close();
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
  }

  @Test
  void a_shadow_is_kept_over_a_restart() throws Exception {
    String shadow = "$aws/things/gw-1/shadow/name/health/";
    try (DeviceClient device = connect()) {
      device.subscribe(shadow + "update/accepted");
      device.publish(shadow + "update", "{\"state\":{\"reported\":{\"a\":1}}}".getBytes(UTF_8));
      assertThat(device.take()).asString(UTF_8).contains("\"version\":1");
    }
    cloud.close();
    cloud = RunningCloud.start(settings(0, 0));

    try (DeviceClient device = connect()) {
      device.subscribe(shadow + "get/accepted");
      device.publish(shadow + "get", new byte[0]);
      assertThat(device.take()).asString(UTF_8).contains("{\"reported\":{\"a\":1}}");
    }
  }

  @Test
  void what_is_taken_is_named_with_its_remedy() {
    assertThatThrownBy(() -> RunningCloud.start(settings(0, 0))).hasMessageContaining("--data");
    Path other = directory.resolve("other");
    assertThatThrownBy(() -> RunningCloud.start(settings(other, cloud.mqttPort(), 0)))
        .hasMessageContaining("--mqtt-port");
    assertThatThrownBy(() -> RunningCloud.start(settings(other, 0, cloud.feedPort())))
        .hasMessageContaining("--feed-port");
  }

  @Test
  void what_a_gateway_has_vouched_for_is_aggregated_on_a_schedule() throws Exception {
    cloud.close();
    ProcessClock fast =
        ProcessClock.parse(
            ProcessClock.argument(
                ProcessClock.real().instant(), ProcessClock.real().instant(), 120));
    cloud = RunningCloud.start(settings(data(), 0, 0, fast));
    Window window = Window.of(fast.instant().minus(Duration.ofHours(1)));
    OutboxId outbox = OutboxId.random();
    EventBatch batch =
        new EventBatch(
            GATEWAY,
            outbox,
            BatchKind.BACKLOG,
            window.next().end(),
            Optional.empty(),
            List.of(event(Sequence.FIRST, window.start().plusSeconds(300))));
    Heartbeat heartbeat =
        new Heartbeat(
            GATEWAY, window.next().end(), Optional.of(window.end()), 0, Optional.of(outbox));
    try (DeviceClient device = connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), BatchCodec.encode(batch));
      device.take();
      device.publish(Topics.heartbeat(GATEWAY), HeartbeatCodec.encode(heartbeat));
      await().until(() -> bins(window, fast).size() == 1);
    }
    assertThat(bins(window, fast).getFirst().machines().get(new MachineId("m-1")))
        .isEqualTo(
            new MachineBin(600_000, 0, 300_000, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED));
    await().until(() -> health().path("aggregates").path("dueWindows").asInt(-1) == 0);
    assertThat(health().path("aggregates").path("coveredTo").asText())
        .isEqualTo(window.end().toString());
  }

  private List<CategoryBin> bins(Window window, ProcessClock clock) {
    try (SqliteCloudView view = SqliteCloudView.open(new DataFolder(data()).database())) {
      return view.aggregates(
          GATEWAY.gym(), new CategoryId("bike"), window.start(), window.end(), clock.instant());
    }
  }

  private JsonNode health() throws IOException {
    URI health = URI.create("http://127.0.0.1:" + cloud.feedPort() + "/health");
    try (InputStream body = health.toURL().openStream()) {
      return new ObjectMapper().readTree(body);
    }
  }

  private DeviceClient connect() throws Exception {
    return DeviceClient.connect(directory.resolve("gw"), "gw-1", cloud.mqttPort());
  }

  private BufferedReader feed() throws IOException {
    var address = URI.create("http://127.0.0.1:" + cloud.feedPort() + "/feed?after=0").toURL();
    return new BufferedReader(new InputStreamReader(address.openStream(), UTF_8));
  }

  private static FeedUpdate.MachineChanged machineChange(BufferedReader feed) throws IOException {
    while (true) {
      String line = feed.readLine();
      if (!line.isEmpty() && FeedCodec.decode(line) instanceof FeedUpdate.MachineChanged changed) {
        return changed;
      }
    }
  }

  private static Acknowledgement acknowledgement(byte[] payload) {
    return switch (AcknowledgementCodec.decode(payload)) {
      case Decoded.Valid<Acknowledgement>(Acknowledgement value) -> value;
      case Decoded.Invalid<Acknowledgement> invalid -> throw new AssertionError(invalid);
    };
  }

  private static EventBatch batch(OutboxId outbox, int events) {
    Instant now = ProcessClock.real().instant().truncatedTo(ChronoUnit.MILLIS);
    return new EventBatch(
        GATEWAY,
        outbox,
        BatchKind.LIVE,
        now,
        Optional.empty(),
        IntStream.rangeClosed(1, events)
            .mapToObj(seq -> event(new Sequence(seq), now.minusSeconds(1)))
            .toList());
  }

  private static EventBatch of(MachineId machine, OutboxId outbox) {
    Instant now = ProcessClock.real().instant().truncatedTo(ChronoUnit.MILLIS);
    return new EventBatch(
        GATEWAY,
        outbox,
        BatchKind.LIVE,
        now,
        Optional.empty(),
        List.of(event(machine, new Sequence(1), now)));
  }

  private static MachineEvent event(Sequence seq, Instant at) {
    return event(new MachineId("m-1"), seq, at);
  }

  private static MachineEvent event(MachineId machine, Sequence seq, Instant at) {
    return new MachineEvent(
        seq, machine, MachineStatus.OCCUPIED, Optional.empty(), at, TimeQuality.SYNCED);
  }

  private CloudSettings settings(int mqttPort, int feedPort) {
    return settings(data(), mqttPort, feedPort);
  }

  private static CloudSettings settings(Path data, int mqttPort, int feedPort) {
    return settings(data, mqttPort, feedPort, ProcessClock.real());
  }

  private static CloudSettings settings(Path data, int mqttPort, int feedPort, ProcessClock clock) {
    return new CloudSettings(
        new DataFolder(data),
        "127.0.0.1",
        mqttPort,
        feedPort,
        Optional.empty(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(1),
        false,
        AlertSettings.NONE,
        clock);
  }

  private Path data() {
    return directory.resolve("data");
  }
}
