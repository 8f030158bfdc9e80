package io.gympulse.system.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.LocalDynamo;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.event.MachineEvent;
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
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.topic.Topics;
import io.gympulse.system.lambda.RuntimeApi.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The ingest function in a process driven by AWS's runtime client, with DynamoDB Local.
class IngestFunctionTest {
  private static final String FUNCTION = "io.gympulse.cloud.lambda.IngestQueueFunction";
  private static final long TIMEOUT_SECONDS = 60;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(new GymId("riverside"), new GatewayId("riverside-gw"));
  private static final MachineId BENCH = new MachineId("bench-1");
  private static final OutboxId OUTBOX = new OutboxId(new UUID(0, 10));

  private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
  private final BlockingQueue<Published> published = new LinkedBlockingQueue<>();
  @TempDir private Path folder;
  private RuntimeApi api;
  private HttpServer broker;

  private record Published(URI uri, ByteBuffer payload) {}

  @BeforeEach
  void start() throws IOException {
    api = RuntimeApi.start(InstantSource.system());
    broker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    broker.createContext(
        "/",
        exchange -> {
          byte[] payload = exchange.getRequestBody().readAllBytes();
          published.add(new Published(exchange.getRequestURI(), ByteBuffer.wrap(payload)));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    broker.start();
  }

  @AfterEach
  void stop() {
    api.close();
    broker.stop(0);
  }

  @Test
  void an_event_is_stored_and_acknowledged_and_sets_the_current_state() throws Exception {
    Tables tables = LocalDynamo.freshTables();
    try (DynamoCloudStore store = store(tables)) {
      store.floorPlans().register(plan());
      var outcome = api.invoke(event());
      Process process = function().process(api, variables(tables)).inheritIO().start();
      try {
        assertThat(outcome.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
            .isEqualTo(new Outcome.Success("{\"batchItemFailures\":[]}"));
      } finally {
        process.destroyForcibly().waitFor();
      }

      assertThat(store.current().find(GATEWAY.gym(), BENCH))
          .hasValueSatisfying(
              it -> {
                assertThat(it.status()).isEqualTo(MachineStatus.OCCUPIED);
                assertThat(it.since()).isEqualTo(now);
              });
      assertThat(store.events().history(BENCH, now, now.plusMillis(1))).hasSize(1);
      Published ack = published.take();
      assertThat(ack.uri().getPath()).isEqualTo("/topics/" + Topics.acks(GATEWAY));
      assertThat(AcknowledgementCodec.decode(ack.payload().array()))
          .isEqualTo(
              new DecodeResult.Valid<>(
                  new Acknowledgement(GATEWAY, OUTBOX, List.of(SeqRange.of(1, 1)), List.of())));
    }
  }

  @Test
  void a_missing_variable_is_reported_when_the_function_starts() throws Exception {
    Map<String, String> variables = variables(new Tables("none-"));
    variables.remove("GYM_PULSE_TABLE_PREFIX");
    var _ = api.invoke(event());
    Process process = function().process(api, variables).inheritIO().start();
    try {
      assertThat(api.initError().get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
          .contains("GYM_PULSE_TABLE_PREFIX is missing");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private LambdaProcess function() {
    return LambdaProcess.ofClassPath(folder, System.getProperty("java.class.path"), FUNCTION);
  }

  private Map<String, String> variables(Tables tables) {
    Map<String, String> variables = new HashMap<>();
    URI store = LocalDynamo.client().serviceClientConfiguration().endpointOverride().orElseThrow();
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", store.toString());
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("GYM_PULSE_IOT_ENDPOINT", "http://127.0.0.1:" + broker.getAddress().getPort());
    variables.put("GYM_PULSE_TABLE_PREFIX", tables.prefix());
    return variables;
  }

  private static DynamoCloudStore store(Tables tables) {
    DynamoCalls calls = new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY);
    return new DynamoCloudStore(calls, tables, InstantSource.system());
  }

  private static FloorPlan plan() {
    return new FloorPlan(
        new Gym(GATEWAY.gym(), "Riverside", 0, 0, ZoneId.of("UTC")),
        GATEWAY.gateway(),
        List.of(new Machine(BENCH, new CategoryId("bench"), "Bench 1", 0, 0, List.of())));
  }

  private String event() throws IOException {
    MachineEvent occupied =
        new MachineEvent(
            new Sequence(1),
            BENCH,
            MachineStatus.OCCUPIED,
            Optional.empty(),
            now,
            TimeQuality.SYNCED);
    EventBatch batch =
        new EventBatch(GATEWAY, OUTBOX, BatchKind.LIVE, now, Optional.empty(), List.of(occupied));
    ObjectNode body = (ObjectNode) JSON.readTree(BatchCodec.encode(batch));
    body.put("topic", Topics.batches(GATEWAY)).put("receivedAt", now.toEpochMilli());
    ObjectNode queued = JSON.createObjectNode();
    ObjectNode message = queued.putArray("Records").addObject();
    message.put("messageId", "1").put("body", body.toString());
    return queued.toString();
  }
}
