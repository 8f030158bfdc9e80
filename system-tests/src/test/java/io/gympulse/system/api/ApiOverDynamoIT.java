package io.gympulse.system.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.aws.dynamo.DynamoCalls;
import io.gympulse.cloud.aws.dynamo.DynamoCloudStore;
import io.gympulse.cloud.aws.dynamo.LocalDynamo;
import io.gympulse.cloud.aws.dynamo.Tables;
import io.gympulse.cloud.broadcast.UpdatesTopic;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.system.environment.Ports;
import io.gympulse.system.process.CommandResult;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two API processes over DynamoDB Local that follow updates at the local cloud's broker.
///
/// The dispatcher publishes as an operator of the local cloud, by its form of IoT Core's data
/// plane; on AWS it does so by the role of its function.
class ApiOverDynamoIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LONGEST_LATENCY = Duration.ofSeconds(1);
  private static final int CHANGES = 50;
  private static final GymId GYM = new GymId("riverside");
  private static final MachineId BENCH = new MachineId("riverside-bench-1");
  private static final CategoryId CATEGORY = new CategoryId("bench");
  private static final GatewayAddress GATEWAY =
      new GatewayAddress(GYM, new GatewayId("riverside-gw"));

  @TempDir private Path folder = Path.of("");
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Tables tables = LocalDynamo.freshTables();
  private final DynamoCloudStore store =
      new DynamoCloudStore(
          new DynamoCalls(LocalDynamo.client(), LocalDynamo.POLICY),
          tables,
          InstantSource.system());
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<AutoCloseable> started = new ArrayList<>();
  private int mqttPort;
  private int httpPort;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : started.reversed()) {
      it.close();
    }
    client.shutdownNow();
    store.close();
  }

  @Test
  void changes_reach_the_pages_of_every_process_and_survive_a_restart_of_the_broker()
      throws Exception {
    mqttPort = Ports.free();
    httpPort = Ports.free();
    register();
    ManagedProcess cloud = cloud();
    String token = Files.readString(folder.resolve("data/operator.token")).strip();
    started.add(
        new StreamDispatcher(
            tables,
            Tables.CURRENT_STATE,
            new UpdatesTopic((topic, payload) -> publish(topic, payload, token))));
    int first = api("api-1");
    int second = api("api-2");
    List<MemberPage> pages = List.of(page(first), page(second));
    await().atMost(TIMEOUT).until(() -> pages.stream().allMatch(MemberPage::isFeedUp));

    List<List<Duration>> latencies = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 1; i <= CHANGES; i++) {
      List<Duration> both = change(i, pages);
      for (int page = 0; page < pages.size(); page++) {
        latencies.get(page).add(both.get(page));
      }
    }
    for (int page = 0; page < pages.size(); page++) {
      List<Duration> sorted = latencies.get(page).stream().sorted().toList();
      System.out.printf(
          "api-%d: %d changes, median %d ms, longest %d ms%n",
          page + 1, CHANGES, sorted.get(CHANGES / 2).toMillis(), sorted.getLast().toMillis());
      assertThat(sorted.getLast()).isLessThan(LONGEST_LATENCY);
    }
    for (int port : List.of(first, second)) {
      assertThat(get(port, "/branches").at("/branches/0/id").asText()).isEqualTo(GYM.value());
      JsonNode machine = get(port, "/machines/" + BENCH);
      assertThat(Instant.parse(machine.path("since").asText())).isEqualTo(since(CHANGES));
      assertThat(machine.at("/feed/status").asText()).isEqualTo("up");
    }

    cloud.kill();
    await().atMost(TIMEOUT).until(() -> pages.stream().noneMatch(MemberPage::isFeedUp));
    assertThat(get(first, "/branches").at("/feed/status").asText()).isEqualTo("down");
    write(CHANGES + 1);
    ManagedProcess _ = cloud();
    await().atMost(TIMEOUT).until(() -> pages.stream().allMatch(MemberPage::isFeedUp));
    for (int port : List.of(first, second)) {
      JsonNode machine = get(port, "/machines/" + BENCH);
      assertThat(Instant.parse(machine.path("since").asText())).isEqualTo(since(CHANGES + 1));
    }
    assertThat(change(CHANGES + 2, pages)).hasSize(pages.size());
  }

  private void register() {
    store
        .floorPlans()
        .register(
            new FloorPlan(
                new Gym(GYM, "Riverside", 0, 0, ZoneOffset.UTC),
                GATEWAY.gateway(),
                List.of(new Machine(BENCH, CATEGORY, "Bench 1", 0, 0, List.of()))));
    Gateway online = Gateway.of(new GatewayPresence(GATEWAY, true, start, start, 0));
    assertThat(store.gateways().replace(Optional.empty(), online)).isTrue();
  }

  /// Writes a change to DynamoDB, and waits until both pages have it.
  ///
  /// @return for each page, the time from before the write to the frame
  private List<Duration> change(int number, List<MemberPage> pages) {
    long before = System.nanoTime();
    write(number);
    long key = since(number).getEpochSecond();
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> pages.stream().allMatch(it -> it.arrival(key).isPresent()));
    return pages.stream()
        .map(it -> Duration.ofNanos(it.arrival(key).orElseThrow() - before))
        .toList();
  }

  private void write(int number) {
    Instant since = since(number);
    CurrentState state =
        new CurrentState(
            BENCH,
            GYM,
            CATEGORY,
            number % 2 == 0 ? MachineStatus.FREE : MachineStatus.OCCUPIED,
            Optional.empty(),
            since,
            since,
            number);
    var _ = store.current().offer(state);
  }

  private Instant since(int number) {
    return start.minusSeconds(3_600).plusSeconds(number);
  }

  private ManagedProcess cloud() throws IOException, InterruptedException {
    return started(
        "cloud",
        "cloud",
        "--data=" + folder.resolve("data"),
        "--mqtt-port=" + mqttPort,
        "--http-port=" + httpPort,
        "--api-port=0");
  }

  /// @return the API's port
  private int api(String thing) throws IOException, InterruptedException {
    Path credentials = folder.resolve(thing);
    CommandResult provisioned =
        CommandResult.run(
            folder,
            TIMEOUT,
            "provision",
            "--data=" + folder.resolve("data"),
            "--api=" + thing,
            "--out=" + credentials);
    assertThat(provisioned.exitCode()).as(provisioned.errors()).isZero();
    URI dynamo = LocalDynamo.client().serviceClientConfiguration().endpointOverride().orElseThrow();
    ManagedProcess api =
        started(
            thing,
            "api",
            "--store=dynamodb",
            "--table-prefix=" + tables.prefix(),
            "--dynamodb-endpoint=" + dynamo,
            "--broker=127.0.0.1:" + mqttPort,
            "--credentials=" + credentials,
            "--port=0");
    return Math.toIntExact(api.awaitReady(TIMEOUT).number("http"));
  }

  private ManagedProcess started(String name, String component, String... arguments)
      throws IOException, InterruptedException {
    ManagedProcess process =
        ManagedProcess.start(
            name,
            Launcher.current().process(component, Stream.of(arguments).toList()),
            folder.resolve(name + ".log"),
            _ -> {});
    started.add(process);
    var _ = process.awaitReady(TIMEOUT);
    return process;
  }

  private MemberPage page(int port) throws Exception {
    MemberPage page = new MemberPage(port);
    started.add(page);
    return page;
  }

  private void publish(String topic, byte[] payload, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d/topics/%s?qos=0".formatted(httpPort, topic)))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofByteArray(payload))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        throw new IllegalStateException("the broker answered " + status);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the broker is unreachable", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
  }
}
