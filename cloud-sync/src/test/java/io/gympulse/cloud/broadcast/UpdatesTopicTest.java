package io.gympulse.cloud.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedCodec;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdatesTopicTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final GymId DOWNTOWN = new GymId("downtown");
  private static final FeedUpdate CHANGE =
      new FeedUpdate.MachineChanged(
          7,
          new CurrentState(
              new MachineId("bike-1"),
              DOWNTOWN,
              new CategoryId("bike"),
              MachineStatus.FREE,
              Optional.empty(),
              NOON,
              NOON,
              1));
  private static final FeedUpdate PRESENCE =
      new FeedUpdate.PresenceChanged(
          8,
          new GatewayPresence(
              new GatewayAddress(new GymId("riverside"), new GatewayId("gw-2")),
              true,
              NOON,
              NOON,
              0));

  private final List<String> published = new ArrayList<>();
  private final UpdatesTopic topic =
      new UpdatesTopic(
          (to, payload) -> published.add(to + " " + new String(payload, StandardCharsets.UTF_8)));

  @Test
  void an_update_is_published_on_its_gym_s_topic_as_the_feed_s_line() {
    topic.consume(CHANGE, NOON);
    topic.consume(PRESENCE, NOON);

    assertThat(published)
        .containsExactly(
            "gympulse/updates/downtown " + FeedCodec.encode(CHANGE),
            "gympulse/updates/riverside " + FeedCodec.encode(PRESENCE));
  }

  @Test
  void an_update_that_the_broker_refuses_fails_and_is_delivered_again() {
    UpdatesTopic refused =
        new UpdatesTopic(
            (_, _) -> {
              throw new IllegalStateException("the broker is unavailable");
            });

    assertThatThrownBy(() -> refused.consume(CHANGE, NOON))
        .isInstanceOf(IllegalStateException.class);
    assertThat(refused.name()).isEqualTo("updates-topic");
  }
}
