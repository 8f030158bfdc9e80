package io.gympulse.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.doctor.Check.Finding;
import io.gympulse.edge.doctor.Check.Status;
import io.gympulse.edge.sensing.mqtt.LanBrokerConfig;
import io.gympulse.edge.sensing.mqtt.MoquetteBroker;
import io.gympulse.edge.sensing.mqtt.ScriptedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerCheckTest {
  private static final int BAD_LOGIN = 4;

  @Test
  void a_broker_that_takes_the_subscriptions_is_good() throws IOException {
    int port = ScriptedBroker.freePort();
    try (MoquetteBroker _ = new MoquetteBroker(port)) {
      assertThat(run(port, Duration.ofSeconds(20)))
          .isEqualTo(Finding.ok("127.0.0.1:%d accepts 1 subscriptions".formatted(port)));
    }
  }

  @Test
  void a_port_on_which_nothing_listens_fails() throws IOException {
    Finding finding = run(ScriptedBroker.freePort(), Duration.ofSeconds(20));
    assertThat(finding.status()).isEqualTo(Status.FAILED);
    assertThat(finding.seen()).contains("no connection");
    assertThat(finding.remedy()).contains("the broker runs");
  }

  @Test
  void a_broker_that_refuses_the_login_fails() throws IOException {
    byte[] refusal = ScriptedBroker.connAck(BAD_LOGIN);
    try (ScriptedBroker broker = new ScriptedBroker(refusal, refusal, 0)) {
      assertThat(run(broker.port(), Duration.ofSeconds(20)).seen()).contains("refuses the login");
    }
  }

  @Test
  void a_broker_that_does_not_answer_is_not_waited_for() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Finding finding = run(silent.getLocalPort(), Duration.ofSeconds(1));
      assertThat(finding.status()).isEqualTo(Status.FAILED);
      assertThat(finding.seen()).contains("does not answer within 1 s");
    }
  }

  @Test
  void without_an_mqtt_sensor_there_is_nothing_to_check() {
    Finding finding =
        new BrokerCheck(
                Optional.of(LanBrokerConfig.open("127.0.0.1", 1)),
                "x",
                TestPlans.machines(TestPlans.GPIO),
                Duration.ofSeconds(1))
            .run();
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
  }

  private static Finding run(int port, Duration limit) {
    return new BrokerCheck(
            Optional.of(LanBrokerConfig.open("127.0.0.1", port)),
            "g-gw-doctor",
            TestPlans.machines(TestPlans.MQTT),
            limit)
        .run();
  }
}
