package io.gympulse.cloud.core.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.id.GymId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFrameTest {

  @Test
  void a_ping_is_a_ping() {
    assertThat(ClientFrame.read("{\"action\":\"ping\",\"x\":1}")).isEqualTo(new ClientFrame.Ping());
  }

  @Test
  void a_subscription_names_its_filters() {
    assertThat(ClientFrame.read("{\"action\":\"subscribe\",\"gym\":\"riverside\"}"))
        .isEqualTo(
            new ClientFrame.Subscribe(
                new SubscriptionFilter(
                    Optional.of(new GymId("riverside")), Optional.empty(), Optional.empty())));
  }

  @Test
  void a_bad_filter_is_refused_by_its_name() {
    assertThat(ClientFrame.read("{\"action\":\"subscribe\",\"gym\":\"Down Town\"}"))
        .isInstanceOfSatisfying(
            ClientFrame.Refused.class, it -> assertThat(it.field()).isEqualTo("gym"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "7", "{}", "{\"action\":7}", "{\"action\":\"x\"}"})
  void anything_else_is_no_action(String frame) {
    assertThat(ClientFrame.read(frame))
        .isInstanceOfSatisfying(
            ClientFrame.Refused.class, it -> assertThat(it.code()).isEqualTo("unknown_action"));
  }
}
