package io.gympulse.cloud.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The contract of every sending side of a queue.
public abstract class WorkQueueContract {

  /// A new, empty queue; called once per test.
  protected abstract WorkQueue open();

  /// Removes and returns the bodies in the queue of [#open()], in any order.
  protected abstract List<String> arrived();

  @Test
  void sent_messages_are_in_the_queue() {
    List<String> bodies = IntStream.range(0, 23).mapToObj(it -> "{\"n\":" + it + "}").toList();
    assertThat(open().send(bodies)).isEmpty();
    assertThat(arrived()).containsExactlyInAnyOrderElementsOf(bodies);
  }

  @Test
  void the_same_body_twice_is_two_messages() {
    assertThat(open().send(List.of("same", "same"))).isEmpty();
    assertThat(arrived()).containsExactly("same", "same");
  }

  @Test
  void nothing_to_send_is_no_failure() {
    assertThat(open().send(List.of())).isEmpty();
    assertThat(arrived()).isEmpty();
  }

  @Test
  void text_arrives_as_it_was() {
    String odd = "\"é\" \t <&> \\ 🏋 \n";
    open().send(List.of(odd));
    assertThat(arrived()).containsExactly(odd);
  }
}
