package io.gympulse.local;

import static io.gympulse.local.TestCloud.GATEWAY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.aggregate.Coverage.Interval;
import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.cloud.sqlite.SqliteWorkQueue;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.codec.HeartbeatCodec;
import io.gympulse.contract.codec.StatusReportCodec;
import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.message.Heartbeat;
import io.gympulse.contract.message.StatusReport;
import io.gympulse.contract.topic.TopicRule;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.operator.Redrive;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/// A device's messages through the whole local cloud, with the AWS IoT device SDK.
class LocalCloudTest {

  @TempDir private Path directory = Path.of("");
  private TestCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void a_batch_of_a_standard_device_client_is_stored_acknowledged_and_pushed_to_members()
      throws Exception {
    OutboxId outbox = OutboxId.random();
    try (DeviceClient device = cloud.connect();
        MemberStream stream = cloud.stream()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), BatchCodec.encode(Batches.batch(outbox, 1)));

      assertThat(acknowledgement(device.take()))
          .isEqualTo(new Acknowledgement(GATEWAY, outbox, List.of(SeqRange.of(1, 1)), List.of()));
      assertThat(stream.take("machine_update").path("status").asText()).isEqualTo("occupied");
      assertThat(cloud.api("/machines/m-1").path("status").asText()).isEqualTo("occupied");
    }
  }

  @Test
  void a_machine_reports_its_own_status_with_its_own_certificate() throws Exception {
    MachineId own = new MachineId("m-1");
    try (DeviceClient machine = cloud.connectMachine("m-1");
        MemberStream stream = cloud.stream()) {
      Instant now = ProcessClock.real().instant();
      machine.publish(
          Topics.status(GATEWAY.gym(), own),
          StatusReportCodec.encode(
              new StatusReport(GATEWAY.gym(), own, MachineStatus.OCCUPIED, now)));

      JsonNode update = stream.take("machine_update");
      assertThat(update.path("machineId").asText()).isEqualTo(own.value());
      assertThat(update.path("status").asText()).isEqualTo("occupied");

      machine.publish(Topics.status(GATEWAY.gym(), new MachineId("m-2")), new byte[0]);
      machine.publish(Topics.status(new GymId("gym-2"), own), new byte[0]);
      machine.publish(Topics.batches(GATEWAY), new byte[0]);
      assertThat(cloud.health().at("/broker/enforced/publishPolicy").asInt()).isEqualTo(3);
      assertThat(cloud.health().at("/messages/received").asInt()).isEqualTo(1);
      assertThat(cloud.health().at("/http/connections").asInt()).isPositive();
    }
  }

  @Test
  void a_dead_letter_of_a_device_item_is_counted_after_a_redrive() throws Exception {
    cloud.restart(this::exhaustAnItem);
    String address = "--cloud=http://127.0.0.1:" + cloud.httpPort();
    String data = "--data=" + cloud.data().root();

    assertThat(redrive(address, data, "--list")).contains(" device-items after 1 tries: ");
    assertThat(redrive(address, data)).startsWith("1 dead letters are on their way");
    await()
        .untilAsserted(
            () -> assertThat(cloud.health().at("/devicePipeline/counted").asInt()).isEqualTo(1));
  }

  /// Queues a device's item that was received too often.
  private void exhaustAnItem() {
    AtomicLong seconds = new AtomicLong(1_777_636_800);
    QueueSettings impatient = new QueueSettings("device-items", Duration.ofSeconds(1), 1, 10);
    try (SqliteWorkQueue queue =
        SqliteWorkQueue.open(
            cloud.data().deviceQueue(), impatient, () -> Instant.ofEpochSecond(seconds.get()))) {
      queue.send(
          List.of(
              """
              {"version":1,"item":"%s/0","date":"2026-05-01","type":"light","state":"on"}\
              """
                  .formatted(new UUID(1, 2))));
      queue.receive(1);
      seconds.addAndGet(2);
      assertThat(queue.receive(1)).isEmpty();
    }
  }

  private static String redrive(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = CommandErrors.commandLine(new Redrive());
    assertThat(line.setOut(new PrintWriter(out, true)).execute(arguments)).isZero();
    return out.toString();
  }

  @Test
  void live_batches_are_acknowledged_together_also_by_basic_ingest() throws Exception {
    EventBatch first = Batches.batch(OutboxId.random(), 3);
    try (DeviceClient device = cloud.connect()) {
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
            Topics.basicIngest(TopicRule.GATEWAY_BATCHES, Topics.batches(GATEWAY)),
            BatchCodec.encode(one));
      }

      assertThat(acknowledgement(device.take()))
          .isEqualTo(
              new Acknowledgement(GATEWAY, first.outbox(), List.of(SeqRange.of(1, 3)), List.of()));
    }
  }

  @Test
  void an_observer_sees_why_a_batch_is_rejected() throws Exception {
    byte[] malformed = "{\"version\":1,\"gym\":".getBytes(UTF_8);
    try (DeviceClient device = cloud.connect();
        DeviceClient observer = cloud.connectObserver()) {
      observer.subscribe(Topics.ERRORS);
      device.publish(Topics.batches(GATEWAY), malformed);

      JsonNode reject = new ObjectMapper().readTree(observer.take());
      assertThat(reject.path("code").asText()).isEqualTo("malformed");
      assertThat(reject.path("topic").asText()).isEqualTo(Topics.batches(GATEWAY));
      assertThat(Base64.getDecoder().decode(reject.path("payload").asText())).isEqualTo(malformed);
    }
  }

  @Test
  void api_processes_follow_updates_by_mqtt() throws Exception {
    EventBatch batch = Batches.batch(OutboxId.random(), 1);
    try (DeviceClient device = cloud.connect();
        DeviceClient first = cloud.connectApi("api-1");
        DeviceClient second = cloud.connectApi("api-2")) {
      first.subscribe(Topics.ALL_UPDATES);
      second.subscribe(Topics.ALL_UPDATES);
      device.publish(Topics.batches(GATEWAY), BatchCodec.encode(batch));

      for (DeviceClient api : List.of(first, second)) {
        assertThat(machineUpdate(api)).isEqualTo(new MachineId("m-1"));
      }
    }
  }

  /// Skips updates of the gateway's presence.
  private static MachineId machineUpdate(DeviceClient api) throws InterruptedException {
    while (true) {
      if (FeedCodec.decode(new String(api.take(), UTF_8))
          instanceof FeedUpdate.MachineChanged(_, var state)) {
        return state.machine();
      }
    }
  }

  @Test
  void an_empty_outbox_advances_the_watermark_and_an_unregistered_machine_is_listed()
      throws Exception {
    OutboxId outbox = OutboxId.random();
    EventBatch batch = Batches.batch(outbox, 1);
    Instant begun = batch.events().getFirst().at();
    Instant coveredTo = begun.plusMillis(500);
    try (DeviceClient device = cloud.connect()) {
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
          BatchCodec.encode(Batches.of(new MachineId("stray"), OutboxId.random())));
      device.take();
    }
    try (InputStream answer = cloud.get("/unregistered")) {
      assertThat(new String(answer.readAllBytes(), UTF_8))
          .contains("\"gym\":\"gym-1\",\"machine\":\"stray\"");
    }
    cloud.close();
    try (SqliteCloudStore store = SqliteCloudStore.open(cloud.data().database())) {
      assertThat(store.gateways().find(GATEWAY.gateway()).orElseThrow().coverage().covered())
          .containsExactly(new Interval(outbox, begun, coveredTo));
    }
  }

  @Test
  void closing_with_batches_in_flight_logs_no_stack_trace() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    try (DeviceClient device = cloud.connect()) {
      for (int i = 0; i < 20; i++) {
        device.publish(
            Topics.batches(GATEWAY), BatchCodec.encode(Batches.batch(OutboxId.random(), 500)));
      }
      cloud.close();
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
  }

  private static Acknowledgement acknowledgement(byte[] payload) {
    return switch (AcknowledgementCodec.decode(payload)) {
      case DecodeResult.Valid<Acknowledgement>(Acknowledgement value) -> value;
      case DecodeResult.Invalid<Acknowledgement> invalid -> throw new AssertionError(invalid);
    };
  }
}
