package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.edge.uplink.FakeNucleus.Behaviour;
import io.gympulse.edge.uplink.UplinkSettings.Budget;
import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import io.gympulse.process.Backoff;
import io.gympulse.process.Backoff.Jitter;
import io.gympulse.process.ProcessClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreengrassUplinkTest {
  private static final String ACKS = UplinkContract.ACKS;
  private static final String TOPIC = "org/g/gateways/gw/batches";
  private static final Duration FOREVER = Duration.ofHours(1);
  private static final Budget BUDGET = new Budget(50, 262_144);

  @TempDir private Path folder;
  private final RecordingUplinkListener listener = new RecordingUplinkListener();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // by the test's preparation
  private Path socket;

  @BeforeEach
  void path() {
    socket = folder.resolve("ipc.socket");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : opened.reversed()) {
      it.close();
    }
  }

  @Test
  void a_socket_that_is_missing_and_a_stale_one_are_tried_again() {
    start(FOREVER);
    FakeNucleus nucleus = nucleus(new FakeIotCore(0));
    nucleus.start("t");
    await().until(listener::isConnected);
    nucleus.stop();
    assertThat(socket).exists();
    await().until(() -> !listener.isConnected());
    nucleus.start("t");
    await().until(listener::isConnected);
  }

  @Test
  void a_nucleus_that_never_answers_is_given_up_and_tried_again() {
    FakeNucleus nucleus = nucleus(new FakeIotCore(0));
    nucleus.behave(Behaviour.HANGING);
    nucleus.start("t");
    start(FOREVER);
    await().until(() -> nucleus.connects() > 1);
    assertThat(listener.states()).isEmpty();
    nucleus.behave(Behaviour.NORMAL);
    await().until(listener::isConnected);
  }

  @Test
  void a_new_nucleus_ends_the_uplink_at_once() {
    FakeNucleus nucleus = nucleus(new FakeIotCore(0));
    nucleus.start("t");
    GreengrassUplink uplink = start(FOREVER);
    await().until(listener::isConnected);
    nucleus.stop();
    nucleus.start("another");
    assertThat(uplink.ended())
        .succeedsWithin(Duration.ofSeconds(10))
        .asString()
        .contains("started a new copy of this process");
    assertThat(listener.isConnected()).isFalse();
  }

  @Test
  void an_orphan_ends_when_there_has_been_no_nucleus_for_long() {
    FakeNucleus nucleus = nucleus(new FakeIotCore(0));
    nucleus.start("t");
    GreengrassUplink uplink = start(Duration.ofMillis(500));
    await().until(listener::isConnected);
    assertThat(uplink.ended()).isNotDone();
    nucleus.stop();
    assertThat(uplink.ended())
        .succeedsWithin(Duration.ofSeconds(10))
        .asString()
        .contains("no Greengrass nucleus");
  }

  @Test
  void a_cloud_that_is_offline_is_waited_for_and_does_not_end_the_uplink() {
    FakeIotCore cloud = new FakeIotCore(0);
    cloud.online(false);
    FakeNucleus nucleus = nucleus(cloud);
    nucleus.start("t");
    GreengrassUplink uplink = start(Duration.ofMillis(200));
    await().during(Duration.ofMillis(600)).until(() -> !uplink.ended().isDone());
    assertThat(listener.states()).isEmpty();
    assertThat(nucleus.connects()).isOne();
    cloud.online(true);
    await().until(listener::isConnected);
  }

  @Test
  void without_a_spooler_a_refused_message_disconnects_until_messages_are_taken_again() {
    FakeIotCore cloud = new FakeIotCore(0);
    GreengrassUplink uplink = connected(cloud);
    cloud.online(false);
    assertThat(uplink.publish(TOPIC, body(10))).failsWithin(Duration.ofSeconds(5));
    await().until(() -> listener.states().contains("disconnected"));
    cloud.online(true);
    await().until(listener::isConnected);
    await().until(() -> isTaken(uplink.publish(TOPIC, body(10))));
    cloud.send(ACKS, "{}".getBytes(UTF_8));
    await().until(() -> listener.acknowledgements().equals(List.of("{}")));
  }

  @Test
  void a_full_spooler_refuses_and_what_it_took_is_delivered_later() {
    FakeIotCore cloud = new FakeIotCore(100);
    GreengrassUplink uplink = connected(cloud);
    cloud.online(false);
    assertThat(uplink.publish(TOPIC, body(80))).succeedsWithin(Duration.ofSeconds(5));
    assertThat(uplink.publish(TOPIC, body(80))).failsWithin(Duration.ofSeconds(5));
    assertThat(cloud.received()).isEmpty();
    cloud.online(true);
    assertThat(cloud.received()).hasSize(1);
  }

  @Test
  void a_nucleus_that_stops_to_reply_gets_a_new_connection() {
    FakeIotCore cloud = new FakeIotCore(0);
    FakeNucleus nucleus = nucleus(cloud);
    nucleus.start("t");
    GreengrassUplink uplink = start(FOREVER);
    await().until(listener::isConnected);
    nucleus.behave(Behaviour.MUTE);
    assertThat(uplink.publish(TOPIC, body(10))).failsWithin(Duration.ofSeconds(10));
    await().until(() -> !listener.isConnected());
    nucleus.behave(Behaviour.NORMAL);
    await().until(listener::isConnected);
    assertThat(nucleus.connects()).isGreaterThan(1);
  }

  @Test
  void a_topic_without_permission_fails_alone() {
    FakeIotCore cloud = new FakeIotCore(0);
    cloud.deny("org/g/gateways/gw/heartbeat");
    GreengrassUplink uplink = connected(cloud);
    assertThat(uplink.publish("org/g/gateways/gw/heartbeat", body(10)))
        .failsWithin(Duration.ofSeconds(5));
    assertThat(uplink.publish(TOPIC, body(10))).succeedsWithin(Duration.ofSeconds(5));
    assertThat(listener.states()).containsExactly("connected");
  }

  @Test
  void a_subscription_without_permission_is_retried() {
    FakeIotCore cloud = new FakeIotCore(0);
    cloud.deny(ACKS);
    nucleus(cloud).start("t");
    start(FOREVER);
    await().during(Duration.ofMillis(200)).until(() -> listener.states().isEmpty());
    cloud.allow(ACKS);
    await().until(listener::isConnected);
  }

  @Test
  void a_message_over_the_brokers_limit_never_reaches_the_nucleus() {
    FakeIotCore cloud = new FakeIotCore(0);
    GreengrassUplink uplink = connected(cloud);
    assertThat(uplink.publish(TOPIC, body(131_073))).isCompletedExceptionally();
    assertThat(uplink.publish(TOPIC, body(131_072))).succeedsWithin(Duration.ofSeconds(5));
    assertThat(cloud.refused()).isZero();
  }

  @Test
  void more_messages_than_the_budget_are_delayed_in_their_order() {
    FakeIotCore cloud = new FakeIotCore(0);
    GreengrassUplink uplink = connected(cloud);
    List<CompletableFuture<Void>> sent =
        IntStream.range(0, 150)
            .mapToObj(it -> uplink.publish(TOPIC, Integer.toString(it).getBytes(UTF_8)))
            .toList();
    sent.forEach(it -> assertThat(it).succeedsWithin(Duration.ofSeconds(10)));
    assertThat(cloud.received())
        .extracting(it -> Integer.parseInt(it.body()))
        .containsExactlyElementsOf(IntStream.range(0, 150).boxed().toList());
    assertThat(cloud.throttled()).isZero();
  }

  @Test
  void basic_ingest_topics_pass_too() {
    FakeIotCore cloud = new FakeIotCore(0);
    nucleus(cloud).start("t");
    Uplink uplink = new BasicIngestUplink(uplink(socket, "t"));
    opened.add(uplink);
    uplink.start(listener);
    await().until(listener::isConnected);
    assertThat(uplink.publish(TOPIC, body(1))).succeedsWithin(Duration.ofSeconds(5));
    assertThat(cloud.received().getFirst().topic())
        .isEqualTo("$aws/rules/gympulse_gateway_batches/" + TOPIC);
    assertThat(uplink.ended()).isNotDone();
  }

  @Test
  void no_thread_of_the_uplink_keeps_the_process_alive() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    GreengrassUplink uplink = connected(new FakeIotCore(0));
    assertThat(uplink.publish(TOPIC, body(1))).succeedsWithin(Duration.ofSeconds(5));
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(it -> !before.contains(it))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  private GreengrassUplink connected(FakeIotCore cloud) {
    nucleus(cloud).start("t");
    GreengrassUplink uplink = start(FOREVER);
    await().until(listener::isConnected);
    return uplink;
  }

  private FakeNucleus nucleus(FakeIotCore cloud) {
    FakeNucleus nucleus = new FakeNucleus(socket, cloud);
    opened.add(nucleus);
    return nucleus;
  }

  private GreengrassUplink start(Duration lostAfter) {
    GreengrassUplink uplink = uplink(socket, "t", lostAfter);
    opened.add(uplink);
    uplink.start(listener);
    return uplink;
  }

  static GreengrassUplink uplink(Path socket, String token) {
    return uplink(socket, token, FOREVER);
  }

  private static GreengrassUplink uplink(Path socket, String token, Duration lostAfter) {
    Backoff quick = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100), Jitter.EQUAL);
    Duration reply = Duration.ofSeconds(2);
    return new GreengrassUplink(
        new IpcConnector(new Nucleus(socket, token), new IpcConnector.Limits(reply, reply, reply)),
        ACKS,
        new NucleusLink.Timing(quick, quick, lostAfter),
        BUDGET,
        ProcessClock.real()::nanos);
  }

  private static byte[] body(int bytes) {
    return "x".repeat(bytes).getBytes(UTF_8);
  }

  private static boolean isTaken(CompletableFuture<Void> published) {
    return published.handle((_, failure) -> failure == null).join();
  }
}
