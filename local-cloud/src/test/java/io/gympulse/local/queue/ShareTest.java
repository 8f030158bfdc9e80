package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ShareTest {

  @Test
  void a_batch_counts_the_events_that_its_header_announces_whatever_it_holds() {
    Share share = Share.of(batch("org/g/gateways/gw-1/batches", "backlog", 8_000));

    assertThat(share.sender()).isEqualTo("gateway gw-1");
    assertThat(share.backlog()).isTrue();
    assertThat(share.rows()).isEqualTo(8_000);
  }

  @Test
  void no_batch_counts_more_events_than_one_may_hold() {
    assertThat(Share.of(batch("org/g/gateways/gw-1/batches", "live", Long.MAX_VALUE - 1)).rows())
        .isEqualTo(10_000);
  }

  @Test
  void a_gateway_has_one_share_under_whatever_gym_it_speaks() {
    assertThat(Share.of(batch("org/a/gateways/gw-1/batches", "live", 1)).sender())
        .isEqualTo(Share.of(batch("org/b/gateways/gw-1/heartbeat", "live", 1)).sender());
  }

  @Test
  void what_cannot_be_read_is_a_share_of_its_own() {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("topic", "org/g/gateways/w/batches");
    assertThat(Share.of(body).rows()).isEqualTo(1);
    assertThat(Share.of(body).sender()).isEqualTo("gateway w");
    assertThat(Share.of(JsonNodeFactory.instance.objectNode()).sender())
        .isEqualTo("unknown topics");
    assertThat(Share.of(body.put("topic", "org/g/machines/bike-1/status")).sender())
        .isEqualTo("machines of g");
  }

  private static ObjectNode batch(String topic, String kind, long lastSeq) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("topic", topic)
        .put("gym", "g")
        .put("gateway", "gw-1")
        .put("outboxId", "00000000-0000-4000-8000-00000000000a")
        .put("kind", kind)
        .put("firstSeq", 1)
        .put("lastSeq", lastSeq)
        .put("columns", "not even base64!");
  }
}
