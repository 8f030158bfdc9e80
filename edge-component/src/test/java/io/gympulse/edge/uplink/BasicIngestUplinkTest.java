package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BasicIngestUplinkTest {

  @ParameterizedTest
  @CsvSource({
    "org/g/gateways/gw/batches, $aws/rules/gympulse_gateway_batches/org/g/gateways/gw/batches",
    "org/g/gateways/gw/snapshot, $aws/rules/gympulse_gateway_snapshot/org/g/gateways/gw/snapshot",
    "org/g/gateways/gw/heartbeat,"
        + " $aws/rules/gympulse_gateway_heartbeat/org/g/gateways/gw/heartbeat",
    "org/g/gateways/gw/acks, org/g/gateways/gw/acks",
    "$aws/things/gw/shadow/name/health/update, $aws/things/gw/shadow/name/health/update",
    "elsewhere/batches, elsewhere/batches"
  })
  void what_a_rule_takes_goes_to_that_rule_alone(String topic, String published) {
    InMemoryUplink broker = new InMemoryUplink();
    try (BasicIngestUplink uplink = new BasicIngestUplink(broker)) {
      broker.connect();
      uplink.publish(topic, new byte[] {1}).join();
    }
    assertThat(broker.published())
        .extracting(InMemoryUplink.Published::topic)
        .containsExactly(published);
  }
}
