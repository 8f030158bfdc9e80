package io.gympulse.system.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.LocalDynamo;
import io.gympulse.cloud.aws.dynamo.LocalStream;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.MachineBin;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.AlertId;
import io.gympulse.cloud.core.alert.AlertTerms;
import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.StreamConnection;
import io.gympulse.cloud.core.broadcast.StreamConnection.ConnectionId;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.contract.codec.BatchCodec;
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
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.EventBatch;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions from the deployment package, each in a process of its own, with DynamoDB Local and a
/// fake of the other services.
class PackagedFunctionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final Pattern ENTRY_POINT =
      Pattern.compile("io/gympulse/cloud/lambda/(\\w+Function)\\.class");
  private static final String NO_FAILURES = "{\"batchItemFailures\":[]}";
  private static final GymId GYM = new GymId("riverside");
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(GYM, new GatewayId("riverside-gw"));
  private static final OutboxId OUTBOX = new OutboxId(new UUID(0, 10));
  private static final CategoryId BENCH_CATEGORY = new CategoryId("bench");
  private static final MachineId BENCH = new MachineId("bench-1");
  private static final UserId ANNA = new UserId("anna");

  private final InstantSource clock = InstantSource.system();
  private final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  private final Tables tables = LocalDynamo.freshTables();
  private final DynamoCloudStore store =
      new DynamoCloudStore(
          new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY), tables, clock);
  @TempDir private Path folder;
  private LambdaProcess unpacked;
  private Path nativeClient;
  private FakeAws aws;

  @BeforeEach
  void unpack() throws IOException {
    Path target = Path.of(System.getProperty("gympulse.home"), "cloud-lambda", "target");
    try (var files = Files.list(target)) {
      Path zip =
          files.filter(it -> it.toString().endsWith("-lambda.zip")).findFirst().orElseThrow();
      unpacked = LambdaProcess.ofPackage(folder, zip, "none");
    }
    nativeClient = unpackNativeClient();
    aws = new FakeAws();
  }

  /// The runtime client writes its native library to a fixed path in `/tmp` and loads it from
  /// there, which fails for two processes that start at the same time.
  private Path unpackNativeClient() throws IOException {
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String name = "libaws-lambda-jni.linux-%s.so".formatted(processor);
    try (InputStream library = getClass().getResourceAsStream("/jni/" + name)) {
      Files.copy(library, folder.resolve(name));
    }
    return folder.resolve(name);
  }

  @AfterEach
  void stop() {
    aws.close();
    store.close();
  }

  @Test
  void a_machine_that_becomes_free_is_notified_once_by_websocket_and_by_mail() throws Exception {
    connect();
    createAlert();
    StreamConnection left =
        new StreamConnection(
            new ConnectionId("left"),
            Optional.empty(),
            SubscriptionFilter.ALL,
            now.minusSeconds(1));
    store.connections().connect(left, now.minusSeconds(60));
    offer(MachineStatus.OCCUPIED, now.minusSeconds(60), now.minusSeconds(60));
    offer(MachineStatus.FREE, now, now);
    offer(MachineStatus.FREE, now, now.plusMillis(1));
    aws.failMail(1);

    String changes = changes();
    try (RunningFunction dispatch = start("DispatchFunction")) {
      assertThat(dispatch.invoke(changes)).hasToString(NO_FAILURES);
      // The response was lost, or another record failed: the batch is delivered again.
      assertThat(dispatch.invoke(changes)).hasToString(NO_FAILURES);
      assertThat(dispatch.failure("{\"detail\":{}}")).contains("Records is missing");
    }
    assertThat(aws.frames("machine_update")).hasSize(4);
    assertThat(aws.frames("alert")).hasSize(1);
    assertThat(aws.mails()).hasSize(1);

    await().atMost(TIMEOUT).until(() -> !store.alerts().due(clock.instant(), 1).isEmpty());
    try (RunningFunction due = start("DueFunction")) {
      due.invoke("{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}");
      due.invoke("{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}");
    }
    assertThat(aws.frames("alert")).hasSize(1);
    assertThat(aws.mails()).hasSize(2).allMatch(it -> it.equals(aws.mails().getFirst()));
    assertThat(aws.mails().getLast()).contains("anna@example.org", "bench-1 is free");
    assertThat(store.connections().ofUser(ANNA, clock.instant(), Optional.empty(), 9).items())
        .hasSize(1);
  }

  private void connect() throws Exception {
    try (RunningFunction stream = start("WebSocketFunction")) {
      ObjectNode connect = atWebSocket("$connect");
      connect.putObject("queryStringParameters").put("gym", "riverside");
      connect.withObject("/requestContext").putObject("authorizer").put("principalId", "anna");
      assertThat(stream.invoke(connect.toString()).path("statusCode").asInt()).isEqualTo(200);
      ObjectNode subscribe = atWebSocket("subscribe");
      subscribe.put("body", "{\"action\":\"subscribe\",\"gym\":\"riverside\"}");
      assertThat(stream.invoke(subscribe.toString()).path("body").asText()).contains("hello");
      assertThat(stream.invoke(atWebSocket("ping").toString()).path("body").asText())
          .contains("pong");
      assertThat(stream.invoke(atWebSocket("$default").toString()).path("statusCode").asInt())
          .isEqualTo(400);
    }
  }

  private static ObjectNode atWebSocket(String route) {
    ObjectNode event = JSON.createObjectNode();
    event.putObject("requestContext").put("routeKey", route).put("connectionId", "anna=");
    return event;
  }

  private void createAlert() {
    store
        .alerts()
        .create(
            Alert.create(
                AlertId.random(),
                new Alert.Watch(ANNA, BENCH, GYM),
                new AlertTerms(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new Channel.WebSocket(), new Channel.Email("anna@example.org")),
                    new Repetition.Once()),
                Optional.empty(),
                now.minusSeconds(120)));
  }

  private void offer(MachineStatus status, Instant since, Instant asOf) {
    store
        .current()
        .offer(
            new CurrentState(
                BENCH, GYM, new CategoryId("bench"), status, Optional.empty(), since, asOf, 0));
  }

  private String changes() {
    ObjectNode event = JSON.createObjectNode();
    try (LocalStream stream = new LocalStream(tables, Tables.CURRENT_STATE)) {
      event.putArray("Records").addAll(stream.next());
    }
    return event.toString();
  }

  @Test
  void a_device_report_is_stored_queued_and_counted_once() throws Exception {
    String report =
        """
        {"processed_devices":[{"type":"light","state":"on","timestamp":"%1$s"},
          {"type":"light","state":"on","timestamp":"%1$s"}]}"""
            .formatted(now);
    try (RunningFunction front = start("DevicePipelineFunction");
        RunningFunction worker = start("DeviceCountFunction")) {
      JsonNode answer = front.invoke(request("POST /ingest").put("body", report).toString());
      assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
      JsonNode accepted = JSON.readTree(answer.path("body").asText());
      assertThat(accepted.path("enqueued").asInt()).isEqualTo(2);
      assertThat(aws.objects())
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.path()).isEqualTo("/raw-bodies/" + accepted.path("raw_key").asText());
                assertThat(it.body()).contains(report);
              });

      String items = queued(aws.messages()).toString();
      assertThat(worker.invoke(items)).hasToString(NO_FAILURES);
      assertThat(worker.invoke(items)).hasToString(NO_FAILURES);
      assertThat(worker.invoke(queued(List.of("no item")).toString()))
          .hasToString("{\"batchItemFailures\":[{\"itemIdentifier\":\"0\"}]}");

      LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
      ObjectNode stats = request("GET /stats");
      stats.putObject("queryStringParameters").put("date", date.toString());
      assertThat(front.invoke(stats.toString()).path("body").asText())
          .isEqualTo(
              "[{\"date\":\"%s\",\"type\":\"light\",\"state\":\"on\",\"count\":2}]"
                  .formatted(date));
      assertThat(front.invoke(request("GET /nothing").toString()).path("statusCode").asInt())
          .isEqualTo(404);
    }
  }

  /// The event is invalid, so a function may fail, but it must have started.
  @Test
  void every_function_of_the_package_starts() throws Exception {
    List<String> functions = functions();
    assertThat(functions).hasSizeGreaterThanOrEqualTo(11);
    for (String function : functions) {
      try (RunningFunction started = start(function)) {
        assertThat(started.outcome("{}")).as(function).isNotNull();
      }
    }
  }

  private List<String> functions() throws Exception {
    List<String> functions = new ArrayList<>();
    try (var jars = Files.newDirectoryStream(folder.resolve("lib"), "cloud-lambda-*.jar")) {
      for (Path jar : jars) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
          zip.stream()
              .map(it -> ENTRY_POINT.matcher(it.getName()))
              .filter(Matcher::matches)
              .map(it -> it.group(1))
              .filter(PackagedFunctionsIT::isHandler)
              .forEach(functions::add);
        }
      }
    }
    return functions;
  }

  private static boolean isHandler(String function) {
    try {
      return Arrays.stream(Class.forName("io.gympulse.cloud.lambda." + function).getInterfaces())
          .anyMatch(it -> it.getSimpleName().equals("RequestStreamHandler"));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /// The scheduled functions, for a gym with a silent gateway: one function plans its aggregates,
  /// another computes them, and a third sets the gateway offline.
  @Test
  void a_silent_gateway_is_set_offline_and_its_time_is_aggregated() throws Exception {
    store.floorPlans().register(plan());
    Window window = Window.of(now.minus(Duration.ofHours(1)));
    OutboxId outbox = OutboxId.random();
    MachineEvent event =
        new MachineEvent(
            Sequence.FIRST,
            BENCH,
            MachineStatus.OCCUPIED,
            Optional.empty(),
            window.start(),
            TimeQuality.SYNCED);
    store.events().store(GATEWAY, outbox, List.of(event));
    Gateway silent =
        new Gateway(
            GATEWAY,
            Optional.of(new GatewayPresence(GATEWAY, true, window.start(), window.end(), 0)),
            Coverage.startingAt(outbox, window.start()).join(Coverage.upTo(outbox, window.end())),
            AggregationBacklog.NONE);
    assertThat(store.gateways().replace(Optional.empty(), silent)).isTrue();
    String minute = "{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}";

    try (RunningFunction planner = start("AggregateFunction");
        RunningFunction worker = start("AggregateWorkFunction");
        RunningFunction sweep = start("SweepFunction")) {
      planner.invoke(minute);
      assertThat(aws.messages()).containsExactly(GATEWAY.gateway().value());
      String due = queued(aws.messages()).toString();
      assertThat(worker.invoke(due)).hasToString(NO_FAILURES);
      assertThat(worker.invoke(due)).hasToString(NO_FAILURES);
      planner.invoke(minute);
      assertThat(aws.messages()).hasSize(1);
      sweep.invoke(minute);
    }
    BinKey key = new BinKey(GYM, BENCH_CATEGORY, window);
    assertThat(store.aggregates().find(key, now))
        .hasValueSatisfying(
            it ->
                assertThat(it.machines())
                    .containsEntry(
                        BENCH,
                        new MachineBin(
                            900_000, 0, 0, 1, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED)));
    assertThat(store.gateways().find(GATEWAY.gateway()).flatMap(Gateway::presence))
        .hasValueSatisfying(it -> assertThat(it.online()).isFalse());
  }

  /// Ingest invoked by a topic rule and by a stream.
  @Test
  void an_event_is_stored_and_acknowledged_by_rule_and_by_stream() throws Exception {
    store.floorPlans().register(plan());
    try (RunningFunction rule = start("IngestRuleFunction");
        RunningFunction stream = start("IngestStreamFunction")) {
      rule.invoke(batch(1));
      assertThat(stream.invoke(streamed(batch(2)))).hasToString(NO_FAILURES);
      assertThat(stream.failure("{\"Records\":7}")).isNotBlank();
    }
    assertThat(store.events().stored(OUTBOX)).containsExactly(SeqRange.of(1, 2));
    assertThat(aws.published("/topics/" + Topics.acks(GATEWAY))).hasSize(2);
  }

  /// A message as a topic rule passes it on.
  private String batch(long seq) throws IOException {
    MachineEvent event =
        new MachineEvent(
            new Sequence(seq),
            BENCH,
            MachineStatus.FREE,
            Optional.empty(),
            now.minusSeconds(60 - seq),
            TimeQuality.SYNCED);
    EventBatch batch =
        new EventBatch(GATEWAY, OUTBOX, BatchKind.LIVE, now, Optional.empty(), List.of(event));
    ObjectNode body = (ObjectNode) JSON.readTree(BatchCodec.encode(batch));
    body.put("topic", Topics.batches(GATEWAY)).put("receivedAt", now.toEpochMilli());
    return body.toString();
  }

  private static String streamed(String text) {
    ObjectNode event = JSON.createObjectNode();
    event
        .putArray("Records")
        .addObject()
        .put("eventID", "shardId-0:1")
        .putObject("kinesis")
        .put("sequenceNumber", "1")
        .put("data", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    return event.toString();
  }

  private static FloorPlan plan() {
    return new FloorPlan(
        new Gym(GYM, "Riverside", 0, 0, ZoneOffset.UTC),
        GATEWAY.gateway(),
        List.of(new Machine(BENCH, BENCH_CATEGORY, "Bench 1", 0, 0, List.of())));
  }

  private static ObjectNode request(String route) {
    ObjectNode event = JSON.createObjectNode().put("version", "2.0").put("routeKey", route);
    event.putObject("requestContext").put("requestId", "JKJaXmPLvHcESHA=").put("routeKey", route);
    return event;
  }

  private static ObjectNode queued(List<String> bodies) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    bodies.forEach(
        it -> records.addObject().put("messageId", records.size() - 1 + "").put("body", it));
    return event;
  }

  private RunningFunction start(String function) throws IOException {
    return new RunningFunction(
        new LambdaProcess(folder, unpacked.command(), "io.gympulse.cloud.lambda." + function),
        variables());
  }

  private Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>();
    URI dynamo = LocalDynamo.client().serviceClientConfiguration().endpointOverride().orElseThrow();
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamo.toString());
    variables.put("AWS_ENDPOINT_URL_S3", aws.url());
    variables.put("AWS_ENDPOINT_URL_SQS", aws.url());
    variables.put("AWS_ENDPOINT_URL_SESV2", aws.url());
    variables.put("GYM_PULSE_JAVA_OPTIONS", "-D%s=%s".formatted(NATIVE_CLIENT, nativeClient));
    variables.put("AWS_REGION", "eu-central-1");
    variables.put("AWS_ACCESS_KEY_ID", "local");
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("GYM_PULSE_TABLE_PREFIX", tables.prefix());
    variables.put("GYM_PULSE_CONNECTIONS_ENDPOINT", aws.url() + "/prod");
    variables.put("GYM_PULSE_MAIL_FROM", "alerts@example.org");
    variables.put("GYM_PULSE_AGGREGATE_QUEUE_URL", aws.url() + "/000000000000/gateways");
    variables.put("GYM_PULSE_FORECAST_QUEUE_URL", aws.url() + "/000000000000/gyms");
    variables.put("GYM_PULSE_IOT_ENDPOINT", aws.url());
    variables.put("GYM_PULSE_RAW_BUCKET", "raw-bodies");
    variables.put("GYM_PULSE_DEVICE_QUEUE_URL", aws.url() + "/000000000000/items");
    return variables;
  }
}
