package io.gympulse.edge.sensing.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.edge.sensing.SourceStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BrokerSubscriptionTest {
  private final List<SourceStatus> statuses = new ArrayList<>();
  private final Queue<Runnable> retries = new ArrayDeque<>();
  private final BrokerSubscription subscription =
      new BrokerSubscription(List.of("gym/seat"), (_, task) -> retries.add(task));
  private final FakeBrokerClient client = new FakeBrokerClient();

  @Test
  void a_subscription_that_is_not_granted_is_retried_while_connected() {
    client.outcomes.add(Optional.of("timed out"));
    client.outcomes.add(Optional.of("refused"));
    client.outcomes.add(Optional.of("refused"));
    client.outcomes.add(Optional.empty());
    subscription.begin(client, statuses::add);
    for (int i = 0; i < 3; i++) {
      assertThat(statuses.getLast()).isInstanceOf(SourceStatus.Failing.class);
      retries.remove().run();
    }
    assertThat(statuses.getLast()).isInstanceOf(SourceStatus.Running.class);
    assertThat(retries).isEmpty();
    assertThat(client.subscribed).hasSize(4).containsOnly(List.of("gym/seat"));
  }

  @Test
  void a_subscription_that_has_ended_is_not_retried() {
    client.outcomes.add(Optional.of("refused"));
    subscription.begin(client, statuses::add);
    subscription.end();
    retries.remove().run();
    assertThat(client.subscribed).hasSize(1);
    assertThat(retries).isEmpty();
  }
}
