package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.codec.Addressing;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Decided without a clock: what is handed out next follows from what was offered.
class FairQueueTest {
  private static final int DENSE = BatchCodec.MAX_EVENTS;
  private static final int AT_ONCE = 10;
  private static final OutboxId OUTBOX = OutboxId.random();

  private FairQueue queue = new FairQueue(24L << 20, 2L << 20, 100_000);
  private int number;

  @Test
  void a_live_message_is_next_beside_a_full_queue_of_dense_batches() {
    fill("thief", DENSE, 330, true);
    queue.poll(AT_ONCE);

    offer(message("honest", 1, 250, false));

    assertThat(senders(queue.poll(AT_ONCE))).contains("honest");
  }

  @Test
  void a_live_message_waits_for_no_more_than_a_turn_of_many_small_ones() {
    fill("thief", 1, 250, false);
    queue.poll(AT_ONCE);

    offer(message("honest", 1, 250, false));

    List<String> next = new ArrayList<>(senders(queue.poll(AT_ONCE)));
    next.addAll(senders(queue.poll(AT_ONCE)));
    assertThat(next).contains("honest");
  }

  @Test
  void a_hundred_full_queues_delay_a_message_by_one_turn_of_each() {
    queue = new FairQueue(1L << 40, 2L << 20, 100_000);
    IntStream.range(0, 100).forEach(it -> fill("thief-" + it, 100, 5_000, true));
    queue.poll(AT_ONCE);
    offer(message("honest", 1, 250, false));

    int before = 0;
    List<String> next = senders(queue.poll(AT_ONCE));
    while (!next.contains("honest")) {
      before += next.size();
      next = senders(queue.poll(AT_ONCE));
    }
    // A message of 100 events in 5,000 bytes is worth 8,600; a turn 20,000.
    assertThat(before).isLessThanOrEqualTo(3 * 100);
  }

  @Test
  void a_dense_sender_has_no_more_than_so_many_events_waiting() {
    int taken = 0;
    for (int i = 0; i < 60; i++) {
      taken += offer(message("thief", DENSE, 330, true)) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(100_000 / DENSE);
    assertThat(queue.offer(message("thief", 1, 250, false)))
        .isEqualTo(new FairQueue.Offer.OverQuota());
    assertThat(offer(message("honest", DENSE, 30_000, true))).isTrue();
  }

  @Test
  void a_call_takes_few_dense_batches_and_many_small_ones() {
    fill("dense", DENSE, 330, true);
    assertThat(queue.poll(AT_ONCE)).hasSize(1);
    queue = new FairQueue(24L << 20, 2L << 20, 100_000);
    fill("small", 1, 250, false);
    assertThat(queue.poll(AT_ONCE)).hasSize(AT_ONCE);
  }

  @Test
  void live_goes_before_backlog_which_has_every_fourth_turn() {
    for (int i = 0; i < 4; i++) {
      offer(message("gym", 1, 250, true));
    }
    for (int i = 0; i < 8; i++) {
      offer(message("gym", 1, 250, false));
    }
    List<Boolean> backlog =
        queue.poll(AT_ONCE).stream().map(it -> it.share().backlog()).limit(8).toList();
    assertThat(backlog).containsExactly(false, false, false, true, false, false, false, true);
  }

  @Test
  void when_all_together_are_too_many_the_longest_queue_gives_way() {
    queue = new FairQueue(10_000, 1L << 20, 100_000);
    for (int i = 0; i < 9; i++) {
      offer(message("greedy", 1, 1_000, true));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(offer(message("honest", 1, 1_000, false))).isTrue();
    }
    assertThat(queue.bytes()).isLessThanOrEqualTo(10_000);
    assertThat(queue.offer(message("greedy", 1, 1_000, true)))
        .isEqualTo(new FairQueue.Offer.Full());
    List<String> all = new ArrayList<>();
    for (List<QueuedMessage> next = queue.poll(3); !next.isEmpty(); next = queue.poll(3)) {
      all.addAll(senders(next));
    }
    assertThat(all).filteredOn("honest"::equals).hasSize(4);
    assertThat(all).filteredOn("greedy"::equals).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void what_is_taken_is_handed_out_once_and_leaves_nothing_behind(long seed) {
    // Which of five senders, and how dense.
    List<Integer> offers = new Random(seed).ints(200, 0, 50).boxed().toList();
    queue = new FairQueue(200_000, 60_000, 30_000);
    List<String> taken = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (int it : offers) {
      QueuedMessage message =
          message("s" + it % 5, 1 + it / 5 * 1_000, 100 + it * 100, it % 2 == 0);
      switch (queue.offer(message)) {
        case FairQueue.Offer.Taken(List<QueuedMessage> dropped) -> {
          taken.add(message.id());
          dropped.forEach(gone -> taken.remove(gone.id()));
        }
        case FairQueue.Offer.Full _, FairQueue.Offer.OverQuota _ -> {}
      }
      if (it % 7 == 0) {
        handedOut(queue.poll(3), out);
      }
    }
    for (List<QueuedMessage> next = queue.poll(3); !next.isEmpty(); next = queue.poll(3)) {
      handedOut(next, out);
    }
    assertThat(out).containsExactlyInAnyOrderElementsOf(taken);
    assertThat(queue.bytes()).isZero();
    assertThat(queue.senders()).isZero();
    assertThat(queue.isEmpty()).isTrue();
  }

  private void handedOut(List<QueuedMessage> messages, List<String> out) {
    for (QueuedMessage it : messages) {
      out.add(it.id());
      queue.done(it);
    }
  }

  private void fill(String sender, int rows, int bytes, boolean backlog) {
    int sent = 0;
    while (sent < 2_000 && offer(message(sender, rows, bytes, backlog))) {
      sent++;
    }
    assertThat(sent).isPositive();
  }

  private boolean offer(QueuedMessage message) {
    return queue.offer(message) instanceof FairQueue.Offer.Taken;
  }

  private static List<String> senders(List<QueuedMessage> messages) {
    return messages.stream().map(it -> it.share().sender()).toList();
  }

  private QueuedMessage message(String sender, int rows, int bytes, boolean backlog) {
    GatewayAddress gateway = new GatewayAddress(new GymId("g"), new GatewayId(sender));
    Addressing batch = new Addressing(gateway, OUTBOX, SeqRange.of(1, rows), Optional.empty());
    Share share = new Share(sender, Optional.of(gateway), backlog, Optional.of(batch));
    return new QueuedMessage("m" + number++, "x".repeat(bytes), 0, 0, share);
  }
}
