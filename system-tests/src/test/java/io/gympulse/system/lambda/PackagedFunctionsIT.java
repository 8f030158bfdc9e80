package io.gympulse.system.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.cloud.state.alert.Alert;
import io.gympulse.cloud.state.alert.AlertId;
import io.gympulse.cloud.state.alert.AlertTerms;
import io.gympulse.cloud.state.alert.Channel;
import io.gympulse.cloud.state.alert.Repetition;
import io.gympulse.cloud.state.alert.UserId;
import io.gympulse.cloud.state.broadcast.Audience;
import io.gympulse.cloud.state.connection.ConnectionId;
import io.gympulse.cloud.state.connection.StreamConnection;
import io.gympulse.cloud.state.current.CurrentState;
import io.gympulse.cloud.state.dynamo.Calls;
import io.gympulse.cloud.state.dynamo.DynamoCloudStore;
import io.gympulse.cloud.state.dynamo.LocalDynamo;
import io.gympulse.cloud.state.dynamo.LocalStream;
import io.gympulse.cloud.state.dynamo.Tables;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions from the package that is uploaded, each in a process of its own, on DynamoDB Local and
/// stand-ins for the other services.
class PackagedFunctionsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NATIVE_CLIENT =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final String NO_FAILURES = "{\"batchItemFailures\":[]}";
  private static final GymId GYM = new GymId("riverside");
  private static final MachineId BENCH = new MachineId("bench-1");
  private static final UserId ANNA = new UserId("anna");

  private final InstantSource clock = InstantSource.system();
  private final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  private final Tables tables = LocalDynamo.freshTables();
  private final DynamoCloudStore store =
      new DynamoCloudStore(new Calls(LocalDynamo.client(), LocalDynamo.POLICY), tables, clock);
  @TempDir private Path folder;
  private LambdaProcess unpacked;
  private Path nativeClient;
  private AwsStandIn aws;

  @BeforeEach
  void unpack() throws IOException {
    Path target = Path.of(System.getProperty("gympulse.home"), "cloud-sync", "target");
    try (var files = Files.list(target)) {
      Path zip =
          files.filter(it -> it.toString().endsWith("-lambda.zip")).findFirst().orElseThrow();
      unpacked = LambdaProcess.ofPackage(folder, zip, "none");
    }
    nativeClient = unpackNativeClient();
    aws = new AwsStandIn();
  }

  /// The runtime client writes its library to one place in `/tmp` and loads it from there: fine in
  /// Lambda, where a process has that to itself, and fatal for two that start at once.
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
  void a_machine_that_frees_up_is_told_on_a_page_and_by_mail_once() throws Exception {
    connect();
    watch();
    StreamConnection left =
        new StreamConnection(
            new ConnectionId("left"), Optional.empty(), Audience.EVERYONE, now.minusSeconds(1));
    store.connections().connect(left, now.minusSeconds(60));
    offer(MachineStatus.OCCUPIED, now.minusSeconds(60), now.minusSeconds(60));
    offer(MachineStatus.FREE, now, now);
    offer(MachineStatus.FREE, now, now.plusMillis(1));
    aws.refuseMail(1);

    String changes = changes();
    try (RunningFunction dispatch = start("DispatchFunction")) {
      assertThat(dispatch.invoke(changes)).hasToString(NO_FAILURES);
      // The answer was lost, or another shard's record failed: the batch comes again.
      assertThat(dispatch.invoke(changes)).hasToString(NO_FAILURES);
      assertThat(dispatch.refused("{\"detail\":{}}")).contains("Records is missing");
    }
    assertThat(aws.frames("machine_update")).hasSize(4);
    assertThat(aws.frames("alert")).hasSize(1);
    assertThat(aws.mails()).hasSize(1);

    await().atMost(PATIENCE).until(() -> !store.alerts().due(clock.instant(), 1).isEmpty());
    try (RunningFunction due = start("DueFunction")) {
      due.invoke("{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}");
      due.invoke("{\"detail-type\":\"Scheduled Event\",\"source\":\"aws.events\"}");
    }
    assertThat(aws.frames("alert")).hasSize(1);
    assertThat(aws.mails()).hasSize(2).allMatch(it -> it.equals(aws.mails().getFirst()));
    assertThat(aws.mails().getLast()).contains("anna@example.org", "bench-1 is free");
    assertThat(store.connections().prune(clock.instant())).isZero();
    assertThat(store.connections().ofUser(ANNA, clock.instant(), Optional.empty(), 9).items())
        .hasSize(1);
  }

  private void connect() throws Exception {
    try (RunningFunction stream = start("WebSocketFunction")) {
      ObjectNode connect = atWebSocket("$connect");
      connect.putObject("queryStringParameters").put("gym", "riverside").put("user", "anna");
      assertThat(stream.invoke(connect.toString()).path("statusCode").asInt()).isEqualTo(200);
      ObjectNode subscribe = atWebSocket("subscribe");
      subscribe.put("body", "{\"action\":\"subscribe\",\"gym\":\"riverside\"}");
      assertThat(stream.invoke(subscribe.toString()).path("body").asText()).contains("hello");
      assertThat(stream.invoke(atWebSocket("$default").toString()).path("statusCode").asInt())
          .isEqualTo(400);
    }
  }

  private static ObjectNode atWebSocket(String route) {
    ObjectNode event = JSON.createObjectNode();
    event.putObject("requestContext").put("routeKey", route).put("connectionId", "anna=");
    return event;
  }

  private void watch() {
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
  void a_report_of_devices_is_kept_queued_and_counted_once() throws Exception {
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
    variables.put("GYM_PULSE_RAW_BUCKET", "raw-bodies");
    variables.put("GYM_PULSE_DEVICE_QUEUE_URL", aws.url() + "/000000000000/items");
    return variables;
  }
}
