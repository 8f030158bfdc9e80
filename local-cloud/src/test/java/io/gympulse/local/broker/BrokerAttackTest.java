package io.gympulse.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import io.gympulse.local.pki.CertificateAuthority.Issued;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// All hostile clients at the same time as a well-behaved one, for the time of
/// `-Dgympulse.attack.seconds=60`; run it with the heap of the cloud, `-Xmx256m`. Prints
/// `attack: seconds sent lost p50_ms p99_ms heap_mb`, and the enforced limits.
@EnabledIfSystemProperty(named = "gympulse.attack.seconds", matches = "\\d+")
class BrokerAttackTest {

  private static final String ELSEWHERE = "127.0.0.2";
  private static final long HEAP_BOUND = 160L << 20;

  @TempDir Path directory;

  /// An attack, repeated when it fails.
  private interface Attack {
    void once() throws Exception;
  }

  @Test
  void a_well_behaved_client_is_served_and_memory_stays_bounded() throws Exception {
    int seconds = Integer.getInteger("gympulse.attack.seconds");
    try (TestBroker test = new TestBroker(directory)) {
      Mqtt5BlockingClient honest = test.connected("honest", test.provision("honest"));
      List<Thread> attackers = new ArrayList<>();
      LongAdder rounds = new LongAdder();
      AtomicLong end = new AtomicLong();
      List<Attack> attacks = attacks(test, end);
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      end.set(until);
      for (Attack attack : attacks) {
        attackers.add(Thread.ofPlatform().daemon().start(() -> repeat(attack, until, rounds)));
      }
      List<Long> millis = new ArrayList<>();
      long heap = 0;
      while (System.nanoTime() < until) {
        long began = System.nanoTime();
        honest
            .publishWith()
            .topic("org/gym-1/gateways/honest/batches")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(new byte[millis.size() % 1_000])
            .send();
        millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        Thread.sleep(50);
        if (millis.size() % 200 == 0) {
          System.gc();
          heap = Math.max(heap, used());
        }
      }
      System.out.println(test.broker().health());
      for (Thread attacker : attackers) {
        attacker.join(10_000);
      }
      System.gc();
      heap = Math.max(heap, used());
      long arrived =
          List.copyOf(test.published).stream()
              .filter(it -> it.startsWith("org/gym-1/gateways/honest/"))
              .count();
      millis.sort(Long::compare);
      System.out.printf(
          "attack: seconds=%d rounds=%d sent=%d lost=%d p50_ms=%d p99_ms=%d heap_mb=%d%n",
          seconds,
          rounds.sum(),
          millis.size(),
          millis.size() - arrived,
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 99 / 100),
          heap >> 20);
      System.out.println(test.broker().health());
      assertThat(arrived).isEqualTo(millis.size());
      assertThat(heap).isLessThan(HEAP_BOUND);
      honest.disconnect();
    }
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void repeat(Attack attack, long until, LongAdder rounds) {
    while (System.nanoTime() < until) {
      try {
        attack.once();
      } catch (Exception e) {
        // The broker closed the connection: on with the next.
      }
      rounds.increment();
    }
  }

  private static List<Attack> attacks(TestBroker test, AtomicLong end) throws Exception {
    Issued subscriber = test.provision("a-subscriber");
    Issued small = test.provision("a-small");
    Issued silent = test.provision("a-silent");
    Issued refused = test.provision("a-refused");
    Issued slow = test.provision("a-slow");
    Issued again = test.provision("a-again");
    return List.of(
        () -> subscribe(test, subscriber, end.get()),
        () -> flood(test, small, "a-small", "org/gym-1/gateways/a-small/batches", true, end.get()),
        () ->
            flood(
                test, silent, "a-silent", "org/gym-1/gateways/a-silent/batches", false, end.get()),
        () -> flood(test, refused, "a-refused", "org/gym-9/gateways/x/batches", true, end.get()),
        () -> doNotRead(test, slow, end.get()),
        () -> halfOpen(test, end.get()),
        () -> RawClient.connected(test, again, "a-again", ELSEWHERE).close());
  }

  private static void subscribe(TestBroker test, Issued identity, long until) throws Exception {
    try (RawClient client = RawClient.connected(test, identity, "a-subscriber", ELSEWHERE)) {
      Thread reader = Thread.ofPlatform().daemon().start(() -> readAll(client));
      String shadow = "$aws/things/a-subscriber/shadow/name/health/";
      for (int i = 0; System.nanoTime() < until; i++) {
        client.subscribe(shadow + "s" + i);
        if (i % 2 == 0) {
          client.unsubscribe(shadow + "s" + i);
        }
      }
      reader.interrupt();
    }
  }

  private static void flood(
      TestBroker test, Issued identity, String id, String topic, boolean reads, long until)
      throws Exception {
    try (RawClient client = RawClient.connected(test, identity, id, ELSEWHERE)) {
      if (reads) {
        Thread.ofPlatform().daemon().start(() -> readAll(client));
      }
      var many = new ByteArrayOutputStream();
      for (int i = 1; i <= 1_000; i++) {
        many.write(RawClient.publish(topic, i, new byte[1]));
      }
      while (System.nanoTime() < until) {
        client.write(many.toByteArray());
      }
    }
  }

  private static void doNotRead(TestBroker test, Issued identity, long until) throws Exception {
    try (RawClient client = RawClient.connected(test, identity, "a-slow", ELSEWHERE)) {
      String acks = "org/gym-1/gateways/a-slow/acks";
      client.subscribe(acks);
      for (int i = 0; i < 2_000 && System.nanoTime() < until; i++) {
        test.broker().publish(acks, new byte[20_000], 1);
        Thread.sleep(2);
      }
    }
  }

  private static void halfOpen(TestBroker test, long until) throws Exception {
    Deque<Socket> open = new ArrayDeque<>();
    while (System.nanoTime() < until) {
      open.add(
          new Socket("127.0.0.1", test.broker().port(), InetAddress.getByName("127.0.0.3"), 0));
      if (open.size() > 300) {
        open.remove().close();
      }
    }
    for (Socket socket : open) {
      socket.close();
    }
  }

  private static void readAll(RawClient client) {
    try {
      while (true) {
        client.read();
      }
    } catch (Exception e) {
      // It ended.
    }
  }
}
