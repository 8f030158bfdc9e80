package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class MessageOriginTest {

  @Test
  void a_batch_counts_the_events_of_its_header_whatever_it_contains() {
    MessageOrigin origin = MessageOrigin.of(batch("org/g/gateways/gw-1/batches", "backlog", 8_000));

    assertThat(origin.sender()).isEqualTo("gateway gw-1");
    assertThat(origin.backlog()).isTrue();
    assertThat(origin.maxEvents()).isEqualTo(8_000);
  }

  @Test
  void no_batch_counts_more_events_than_the_limit_of_a_batch() {
    assertThat(
            MessageOrigin.of(batch("org/g/gateways/gw-1/batches", "live", Long.MAX_VALUE - 1))
                .maxEvents())
        .isEqualTo(10_000);
  }

  @Test
  void a_gateway_is_one_sender_whatever_gym_its_topic_names() {
    assertThat(MessageOrigin.of(batch("org/a/gateways/gw-1/batches", "live", 1)).sender())
        .isEqualTo(MessageOrigin.of(batch("org/b/gateways/gw-1/heartbeat", "live", 1)).sender());
  }

  @Test
  void messages_that_cannot_be_parsed_have_a_sender_of_their_own() {
    ObjectNode body =
        JsonNodeFactory.instance.objectNode().put("topic", "org/g/gateways/w/batches");
    assertThat(MessageOrigin.of(body).maxEvents()).isEqualTo(1);
    assertThat(MessageOrigin.of(body).sender()).isEqualTo("gateway w");
    assertThat(MessageOrigin.of(JsonNodeFactory.instance.objectNode()).sender())
        .isEqualTo("unknown topics");
    assertThat(MessageOrigin.of(body.put("topic", "org/g/machines/bike-1/status")).sender())
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
