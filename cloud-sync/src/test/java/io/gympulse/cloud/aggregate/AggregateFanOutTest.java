package io.gympulse.cloud.aggregate;

import static io.gympulse.cloud.aggregate.TestGym.BIKE;
import static io.gympulse.cloud.aggregate.TestGym.CARDIO;
import static io.gympulse.cloud.aggregate.TestGym.GATEWAY;
import static io.gympulse.cloud.aggregate.TestGym.NOON;
import static io.gympulse.cloud.aggregate.TestGym.ONE;
import static io.gympulse.cloud.aggregate.TestGym.event;
import static io.gympulse.cloud.aggregate.TestGym.minute;
import static io.gympulse.contract.event.MachineStatus.OCCUPIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Aggregation by many processes: who plans, and who works.
class AggregateFanOutTest {
  private final TestGym gym = new TestGym();
  private final List<String> queued = new ArrayList<>();
  private Instant now = minute(31);
  private final AggregatePlanner planner = planner(this::take);
  private final AggregateWorker worker = new AggregateWorker(gym.stores(), () -> now);

  @Test
  void a_gateway_is_queued_while_something_of_it_is_due_and_only_then() {
    plan();
    assertThat(queued).isEmpty();
    tell();
    plan();
    plan();
    assertThat(queued).containsExactly("club-gw", "club-gw");
    assertThat(work(queued)).isEmpty();
    assertThat(
            gym.store().aggregates().find(new BinKey(GATEWAY.gym(), CARDIO, Window.of(NOON)), now))
        .isPresent();
    queued.clear();
    plan();
    assertThat(queued).isEmpty();
  }

  /// A minute of nothing new costs no message, so the fan-out is paid by the quarter of an hour.
  @Test
  void an_hour_of_a_gym_costs_a_message_for_each_window() {
    gym.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    for (int minute = 1; minute <= 60; minute++) {
      now = minute(minute);
      gym.covered(ONE, now);
      List<String> before = List.copyOf(queued);
      plan();
      work(queued.subList(before.size(), queued.size()));
    }
    assertThat(queued).hasSize(4);
  }

  /// Two million windows of one gateway keep no other back, and are worked off in portions.
  @Test
  void a_gateway_that_claims_decades_takes_a_portion_at_a_time() {
    tell();
    gym.begun(ONE, Instant.ofEpochMilli(1));
    int runs = 0;
    for (plan(); !queued.isEmpty(); plan()) {
      assertThat(work(List.copyOf(queued))).isEmpty();
      queued.clear();
      assertThat(++runs).isLessThan(50);
    }
    assertThat(gym.record().due(now).isEmpty()).isTrue();
  }

  @Test
  void a_message_that_fails_is_named_and_does_not_affect_others() {
    tell();
    assertThat(work(List.of("no gateway's name", "club-gw", "unheard-of"))).containsExactly("0");
    assertThat(gym.record().due(now).isEmpty()).isTrue();
  }

  @Test
  void a_gateway_that_cannot_be_queued_fails_the_invocation() {
    tell();
    gym.store()
        .gateways()
        .replace(
            Optional.empty(),
            Gateway.initial(new GatewayAddress(GATEWAY.gym(), new GatewayId("idle-gw"))));
    AggregatePlanner cut = planner(_ -> List.of(new WorkQueue.Unsent(0, "the queue is not there")));
    assertThatThrownBy(() -> cut.handleRequest(new ScheduledEvent(), null))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("1 of 1 gateways are not queued: the queue is not there");
  }

  private void tell() {
    gym.events(ONE, event(1, BIKE, OCCUPIED, NOON));
    gym.covered(ONE, NOON.plus(Duration.ofMinutes(30)));
  }

  private AggregatePlanner planner(WorkQueue queue) {
    return new AggregatePlanner(gym.stores(), queue, () -> now);
  }

  private List<WorkQueue.Unsent> take(List<String> bodies) {
    queued.addAll(bodies);
    return List.of();
  }

  private void plan() {
    planner.handleRequest(new ScheduledEvent(), null);
  }

  /// @return the messages that failed, by their place
  private List<String> work(List<String> bodies) {
    List<SQSMessage> messages = new ArrayList<>();
    for (String body : bodies) {
      SQSMessage message = new SQSMessage();
      message.setMessageId(Integer.toString(messages.size()));
      message.setBody(body);
      messages.add(message);
    }
    SQSEvent event = new SQSEvent();
    event.setRecords(messages);
    return worker.handleRequest(event, null).getBatchItemFailures().stream()
        .map(BatchItemFailure::getItemIdentifier)
        .toList();
  }
}
