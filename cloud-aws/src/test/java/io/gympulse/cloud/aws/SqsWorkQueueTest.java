package io.gympulse.cloud.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.aws.SqsEndpoint.Fault;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkQueue.Unsent;
import io.gympulse.cloud.core.queue.WorkQueueContract;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsWorkQueueTest extends WorkQueueContract {
  private final SqsEndpoint endpoint;
  private final SqsClient client;

  SqsWorkQueueTest() throws IOException {
    endpoint = new SqsEndpoint();
    client = endpoint.client();
  }

  @AfterEach
  void stop() {
    client.close();
    endpoint.close();
  }

  @Override
  protected WorkQueue open() {
    return new SqsWorkQueue(client, endpoint.queueUrl());
  }

  @Override
  protected List<String> arrived() {
    return endpoint.arrived;
  }

  @Test
  void ten_messages_are_sent_by_one_call() {
    open().send(IntStream.range(0, 23).mapToObj(Integer::toString).toList());
    assertThat(endpoint.calls).containsExactly(10, 10, 3);
  }

  @Test
  void a_call_holds_256_kilobytes_at_most() {
    String large = "x".repeat(100 * 1_024);
    assertThat(open().send(List.of(large, large, large))).isEmpty();
    assertThat(endpoint.calls).containsExactly(2, 1);
  }

  @Test
  void a_message_that_fails_within_a_call_is_sent_again_alone() {
    endpoint.fail("b", new Fault(false, 2));
    assertThat(open().send(List.of("a", "b", "c"))).isEmpty();
    assertThat(endpoint.arrived).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(endpoint.calls).containsExactly(3, 1, 1);
  }

  @Test
  void messages_that_still_fail_are_returned_and_the_rest_is_sent() {
    endpoint.fail("b", new Fault(false, 9));
    endpoint.fail("d", new Fault(true, 9));
    List<Unsent> unsent = open().send(List.of("a", "b", "c", "d"));
    assertThat(unsent).extracting(Unsent::index).containsExactly(1, 3);
    assertThat(unsent.getFirst().reason()).contains("InternalError");
    assertThat(endpoint.arrived).containsExactlyInAnyOrder("a", "c");
    assertThat(endpoint.calls).as("a fault of ours is not repeated").containsExactly(4, 1, 1);
  }

  @Test
  void a_queue_that_cannot_be_reached_returns_all_as_unsent() {
    endpoint.close();
    assertThat(open().send(List.of("a", "b"))).extracting(Unsent::index).containsExactly(0, 1);
  }
}
