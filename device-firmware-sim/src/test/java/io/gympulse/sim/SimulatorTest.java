package io.gympulse.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.gympulse.process.ProcessClock;
import io.gympulse.sim.lan.EmbeddedBroker;
import io.gympulse.sim.lan.LanAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorTest {
  private static final String PLAN = "../floor-plans/downtown.json";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> topics = new CopyOnWriteArrayList<>();

  @Test
  void a_gym_publishes_on_a_fast_clock_and_writes_its_ground_truth() throws Exception {
    Path truth = folder.resolve("truth.jsonl");
    Instant shown = Instant.parse("2026-03-02T18:00:00Z");
    String clock = ProcessClock.argument(Instant.now(), shown, 120);
    StopSignal stop = new StopSignal();
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () ->
                run(
                    stop,
                    "--floor-plan",
                    PLAN,
                    "--seed",
                    "7",
                    "--listen",
                    "127.0.0.1:0",
                    "--at-hour",
                    "17",
                    "--faults",
                    "some",
                    "--truth",
                    truth.toString(),
                    "--clock",
                    clock));
    await().until(() -> written(out).contains("ready: sim mqtt="));
    Mqtt5AsyncClient gateway = subscribe(port());

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(topics).contains("zigbee2mqtt/bike-1", "downtown/machines/treadmill-1");
              assertThat(Files.readAllLines(truth)).hasSizeGreaterThan(30);
            });
    stop.request();

    assertThat(status.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(written(out)).contains("gym=downtown machines=24 seed=7");
    assertThat(Files.readAllLines(truth).subList(0, 24)).anyMatch(it -> it.contains("occupied"));
    var _ = gateway.disconnect();
  }

  @Test
  void a_trace_is_replayed_to_an_existing_broker() throws Exception {
    Path trace = folder.resolve("trace.csv");
    Files.writeString(
        trace, "time,topic,payload\n1000,gym/a,{\"active\":true,\"n\":1}\nbroken\n61000,gym/b,x\n");
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0))) {
      Mqtt5AsyncClient gateway = subscribe(broker.address().port());

      int status =
          run(
              new StopSignal(),
              "--replay",
              trace.toString(),
              "--speed",
              "600",
              "--join",
              broker.address().toString());

      assertThat(status).isZero();
      assertThat(written(out)).contains("replay: published=2 malformed=1 lost=0");
      await().untilAsserted(() -> assertThat(topics).containsExactly("gym/a", "gym/b"));
      gateway.disconnect().get(5, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_used_port_is_refused_with_the_option_that_changes_it() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(new LanAddress("127.0.0.1", 0))) {
      String taken = broker.address().toString();

      assertThat(run(new StopSignal(), "--floor-plan", PLAN, "--listen", taken)).isEqualTo(2);
      assertThat(written(err)).startsWith("error: ").contains(taken, "--listen");
    }
  }

  @Test
  void an_invalid_option_is_refused_in_one_line_that_names_it() {
    refused("--floor-plan", "missing.json");
    refused("--floor-plan", PLAN, "--at-hour", "3");
    refused("--floor-plan", PLAN, "--at-hour", "noon");
    refused("--floor-plan", PLAN, "--listen", "1883");
    refused("--floor-plan", PLAN, "--clock", "now");
    refused("--floor-plan", PLAN, "--until", "2020-01-01T00:00:00Z");
    refused("--floor-plan", PLAN, "--truth", "/nowhere/truth.jsonl");
    refused("--floor-plan", PLAN, "--listen", "127.0.0.1:0", "--join", "127.0.0.1:1");
    refused("--replay", "missing.csv");
    refused("--replay", PLAN, "--speed", "0");
    refused("--colour", "red");
    refused();
  }

  private void refused(String... args) {
    err.reset();
    assertThat(run(new StopSignal(), args)).isEqualTo(2);
    assertThat(written(err).lines()).hasSize(1);
    assertThat(written(err)).startsWith("error: ");
    Stream.of(args)
        .filter(arg -> arg.startsWith("--"))
        .reduce((first, last) -> last)
        .filter(option -> !option.equals("--floor-plan"))
        .ifPresent(option -> assertThat(written(err)).contains(option));
  }

  private int run(StopSignal stop, String... args) {
    return Simulator.run(
        stop,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  private int port() {
    return Integer.parseInt(written(out).replaceAll("(?s).*mqtt=(\\d+) .*", "$1"));
  }

  private Mqtt5AsyncClient subscribe(int port) throws Exception {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("gateway")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().get(10, TimeUnit.SECONDS);
    client
        .subscribeWith()
        .topicFilter("#")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(message -> topics.add(message.getTopic().toString()))
        .send()
        .get(10, TimeUnit.SECONDS);
    return client;
  }

  private static String written(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
