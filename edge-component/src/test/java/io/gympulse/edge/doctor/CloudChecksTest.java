package io.gympulse.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.doctor.Check.Status;
import io.gympulse.edge.outbox.SqliteOutbox;
import io.gympulse.edge.uplink.TestKeys;
import io.gympulse.edge.uplink.UplinkSettings.Budget;
import io.gympulse.edge.uplink.UplinkSettings.Direct;
import io.gympulse.edge.uplink.UplinkSettings.Greengrass;
import io.gympulse.edge.uplink.UplinkSettings.Nucleus;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Credentials, endpoint and policy, against a broker of the test.
class CloudChecksTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir static Path made;

  private static TestKeys keys;

  @TempDir private Path folder;

  @BeforeAll
  static void makeKeys() throws IOException, InterruptedException {
    keys = new TestKeys(made);
    keys.make("cloud", "-ext", "san=ip:127.0.0.1", "-validity", "2");
    keys.make("gateway", "-validity", "90");
    keys.make("ends-soon", "-validity", "20");
    keys.make("expired", "-startdate", "-9d", "-validity", "1");
    keys.make("future", "-startdate", "+9d", "-validity", "90");
    for (String it : new String[] {"gateway", "ends-soon", "expired", "future"}) {
      Files.setPosixFilePermissions(keys.key(it), PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void a_certificate_is_judged_by_its_dates() throws IOException {
    assertThat(certificate("gateway").status()).isEqualTo(Status.OK);
    Finding soon = certificate("ends-soon");
    assertThat(soon.status()).isEqualTo(Status.WARNING);
    assertThat(soon.seen()).contains("in 19 days");
    assertThat(soon.remedy()).contains("--replace");
    assertThat(certificate("expired").status()).isEqualTo(Status.FAILED);
    assertThat(certificate("future").message()).contains("later than this machine's time; set");
  }

  @Test
  void a_key_that_everybody_can_read_is_named_and_not_shown() throws IOException {
    Path open = Files.copy(keys.key("gateway"), folder.resolve("open.key"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    Finding finding = new CertificateCheck(settings("gateway", open, 1), now()).run();
    assertThat(finding.remedy()).isEqualTo("chmod 600 " + open);
    assertThat(finding.message()).doesNotContain(Files.readAllLines(open).get(1));
  }

  @Test
  void a_key_of_another_certificate_fails() throws IOException {
    Finding finding = new CertificateCheck(settings("gateway", keys.key("cloud"), 1), now()).run();
    assertThat(finding.status()).isEqualTo(Status.FAILED);
    assertThat(finding.seen()).contains("is not the key of certificate");
  }

  @Test
  void a_cloud_that_takes_the_certificate_is_a_good_endpoint() throws Exception {
    try (PolicyBroker broker = broker("gateway", _ -> true)) {
      assertThat(endpoint("gateway", broker.port()).status()).isEqualTo(Status.OK);
      Finding refused = endpoint("ends-soon", broker.port());
      assertThat(refused.status()).isEqualTo(Status.FAILED);
      assertThat(refused.seen()).contains("refuses this gateway's certificate");
      assertThat(refused.remedy()).isEqualTo("provision the gateway again");
    }
    assertThat(endpoint("gateway", 1).seen()).contains("nothing listens");
  }

  @Test
  void a_component_needs_the_nucleus_s_socket() throws IOException {
    Path socket = folder.resolve("ipc.socket");
    Greengrass component =
        new Greengrass(new Nucleus(socket, "secret"), TopicMode.PLAIN, Budget.OF_CONNECTION, LIMIT);
    Finding missing = new EndpointCheck(component, LIMIT).run();
    assertThat(missing.status()).isEqualTo(Status.FAILED);
    assertThat(missing.message()).doesNotContain("secret");
    Files.createFile(socket);
    assertThat(new EndpointCheck(component, LIMIT).run().status()).isEqualTo(Status.OK);
  }

  @Test
  void a_policy_of_own_topics_only_is_sound() throws Exception {
    try (PolicyBroker broker = broker("gateway", it -> !it.contains("g-gw-doctor"))) {
      assertThat(policy(broker.port()).status()).isEqualTo(Status.OK);
      assertThat(broker.requests())
          .containsExactly(
              "connect g-gw",
              "subscribe org/g/gateways/g-gw/acks",
              "publish $aws/things/g-gw/shadow/name/health/get",
              "publish $aws/things/g-gw-doctor/shadow/name/health/get");
    }
  }

  @Test
  void a_policy_that_is_too_wide_or_too_narrow_fails() throws Exception {
    try (PolicyBroker broker = broker("gateway", _ -> true)) {
      assertThat(policy(broker.port()).seen()).contains("allows to publish to another gateway's");
    }
    try (PolicyBroker broker = broker("gateway", it -> !it.startsWith("subscribe"))) {
      assertThat(policy(broker.port()).seen()).contains("refuses org/g/gateways/g-gw/acks");
    }
    try (PolicyBroker broker = broker("gateway", it -> !it.startsWith("publish"))) {
      assertThat(policy(broker.port()).seen()).contains("refuses $aws/things/g-gw/shadow");
    }
    try (PolicyBroker broker = broker("gateway", _ -> false)) {
      assertThat(policy(broker.port()).seen()).contains("does not accept a connection as g-gw");
    }
  }

  @Test
  void a_running_gateway_keeps_its_connection() throws Exception {
    try (SqliteOutbox _ = SqliteOutbox.open(folder, now())) {
      try (PolicyBroker broker = broker("gateway", it -> !it.startsWith("connect"))) {
        Finding finding = policy(broker.port());
        assertThat(finding.status()).isEqualTo(Status.SKIPPED);
        assertThat(finding.seen()).contains("the gateway runs");
        assertThat(broker.requests()).containsExactly("connect g-gw-doctor");
      }
      try (PolicyBroker broker =
          broker("gateway", it -> !it.startsWith("publish $aws/things/g-gw-doctor"))) {
        assertThat(policy(broker.port()).status()).isEqualTo(Status.OK);
      }
    }
  }

  @Test
  void an_uplink_that_cannot_be_created_fails_with_the_remedy() {
    assertThat(new UplinkCheck(() -> {}).run().status()).isEqualTo(Status.OK);
    Finding finding =
        new UplinkCheck(
                () -> {
                  throw new IllegalArgumentException("uplink: x is not PEM; convert it");
                })
            .run();
    assertThat(finding).isEqualTo(Finding.failed("uplink: x is not PEM", "convert it"));
  }

  private static PolicyBroker broker(String client, Predicate<String> allowed) throws Exception {
    return new PolicyBroker(keys, "cloud", client, allowed);
  }

  private Finding policy(int port) throws IOException {
    return new PolicyCheck(
            settings("gateway", keys.key("gateway"), port), ADDRESS, new LockCheck(folder), LIMIT)
        .run();
  }

  private static Finding endpoint(String name, int port) {
    return new EndpointCheck(settings(name, keys.key(name), port), LIMIT).run();
  }

  private static Finding certificate(String name) throws IOException {
    return new CertificateCheck(settings(name, keys.key(name), 1), now()).run();
  }

  private static InstantSource now() {
    return InstantSource.fixed(Instant.now());
  }

  private static Direct settings(String name, Path key, int port) {
    return new Direct(
        "127.0.0.1", port, keys.certificate(name), key, keys.certificate("cloud"), TopicMode.PLAIN);
  }
}
