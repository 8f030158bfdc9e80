package io.gympulse.local.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.queue.WorkSource.Received;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.BatchCodec.BatchHeader;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.local.queue.FairWorkQueue.Limits;
import io.gympulse.local.queue.FairWorkQueue.SendResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Without a clock: the order of polled messages follows from the offered ones.
class FairQueueTest {
  private static final int DENSE = BatchCodec.MAX_EVENTS;
  private static final int AT_ONCE = 10;
  private static final OutboxId OUTBOX = OutboxId.random();

  private FairQueue queue = new FairQueue(Limits.STANDARD);
  private int number;

  @Test
  void a_live_message_is_next_although_another_sender_has_a_full_queue_of_dense_batches() {
    fill("thief", DENSE, 330, true);
    queue.poll(AT_ONCE);

    offer(message("honest", 1, 250, false));

    assertThat(senders(queue.poll(AT_ONCE))).contains("honest");
  }

  @Test
  void a_live_message_waits_for_at_most_one_turn_of_a_sender_with_many_small_messages() {
    fill("thief", 1, 250, false);
    queue.poll(AT_ONCE);

    offer(message("honest", 1, 250, false));

    List<String> next = new ArrayList<>(senders(queue.poll(AT_ONCE)));
    next.addAll(senders(queue.poll(AT_ONCE)));
    assertThat(next).contains("honest");
  }

  @Test
  void a_hundred_full_queues_delay_a_message_by_one_turn_each() {
    queue = new FairQueue(new Limits(1L << 40, 2L << 20, 100_000));
    IntStream.range(0, 100).forEach(it -> fill("thief-" + it, 100, 5_000, true));
    queue.poll(AT_ONCE);
    offer(message("honest", 1, 250, false));

    int before = 0;
    List<String> next = senders(queue.poll(AT_ONCE));
    while (!next.contains("honest")) {
      before += next.size();
      next = senders(queue.poll(AT_ONCE));
    }
    // A message of 100 events in 5,000 bytes costs 8,600; the credit of a turn is 20,000.
    assertThat(before).isLessThanOrEqualTo(3 * 100);
  }

  @Test
  void a_sender_of_dense_batches_cannot_exceed_its_quota_of_events() {
    int taken = 0;
    for (int i = 0; i < 60; i++) {
      taken += offer(message("thief", DENSE, 330, true)) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(100_000 / DENSE);
    assertThat(queue.offer(message("thief", 1, 250, false))).isEqualTo(SendResult.OVER_QUOTA);
    assertThat(offer(message("honest", DENSE, 30_000, true))).isTrue();
  }

  @Test
  void a_poll_takes_few_dense_batches_or_many_small_ones() {
    fill("dense", DENSE, 330, true);
    assertThat(queue.poll(AT_ONCE)).hasSize(1);
    queue = new FairQueue(Limits.STANDARD);
    fill("small", 1, 250, false);
    assertThat(queue.poll(AT_ONCE)).hasSize(AT_ONCE);
  }

  @Test
  void live_messages_come_before_backlog_which_gets_every_fourth_delivery() {
    for (int i = 0; i < 4; i++) {
      offer(message("gym", 1, 250, true));
    }
    for (int i = 0; i < 8; i++) {
      offer(message("gym", 1, 250, false));
    }
    List<Boolean> backlog =
        queue.poll(AT_ONCE).stream().map(it -> it.origin().backlog()).limit(8).toList();
    assertThat(backlog).containsExactly(false, false, false, true, false, false, false, true);
  }

  @Test
  void when_the_queue_is_full_messages_of_the_longest_sender_queue_are_dropped() {
    queue = new FairQueue(new Limits(10_000, 1L << 20, 100_000));
    for (int i = 0; i < 9; i++) {
      offer(message("greedy", 1, 1_000, true));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(offer(message("honest", 1, 1_000, false))).isTrue();
    }
    assertThat(queue.bytes()).isLessThanOrEqualTo(10_000);
    assertThat(queue.offer(message("greedy", 1, 1_000, true))).isEqualTo(SendResult.FULL);
    List<String> all = new ArrayList<>();
    for (List<QueuedMessage> next = queue.poll(3); !next.isEmpty(); next = queue.poll(3)) {
      all.addAll(senders(next));
    }
    assertThat(all).filteredOn("honest"::equals).hasSize(4);
    assertThat(all).filteredOn("greedy"::equals).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void every_enqueued_message_is_polled_once_or_dropped_and_the_queue_is_empty_afterwards(
      long seed) {
    // Which of five senders, and how dense.
    List<Integer> offers = new Random(seed).ints(200, 0, 50).boxed().toList();
    queue = new FairQueue(new Limits(200_000, 60_000, 30_000));
    List<String> taken = new ArrayList<>();
    List<String> out = new ArrayList<>();
    for (int it : offers) {
      QueuedMessage message =
          message("s" + it % 5, 1 + it / 5 * 1_000, 100 + it * 100, it % 2 == 0);
      if (offer(message)) {
        taken.add(message.id());
      }
      if (it % 7 == 0) {
        completeAll(queue.poll(3), out);
      }
    }
    for (List<QueuedMessage> next = queue.poll(3); !next.isEmpty(); next = queue.poll(3)) {
      completeAll(next, out);
    }
    assertThat(out).doesNotHaveDuplicates().isSubsetOf(taken);
    assertThat(out.size() + queue.dropped()).isEqualTo(taken.size());
    assertThat(queue.bytes()).isZero();
    assertThat(queue.senders()).isZero();
    assertThat(queue.isEmpty()).isTrue();
  }

  private void completeAll(List<QueuedMessage> messages, List<String> out) {
    for (QueuedMessage it : messages) {
      out.add(it.id());
      queue.completed(it);
    }
  }

  private void fill(String sender, int events, int bytes, boolean backlog) {
    int sent = 0;
    while (sent < 2_000 && offer(message(sender, events, bytes, backlog))) {
      sent++;
    }
    assertThat(sent).isPositive();
  }

  private boolean offer(QueuedMessage message) {
    return queue.offer(message) == SendResult.ENQUEUED;
  }

  private static List<String> senders(List<QueuedMessage> messages) {
    return messages.stream().map(it -> it.origin().sender()).toList();
  }

  private QueuedMessage message(String sender, int events, int bytes, boolean backlog) {
    GatewayAddress gateway = new GatewayAddress(new GymId("g"), new GatewayId(sender));
    BatchHeader batch = new BatchHeader(gateway, OUTBOX, SeqRange.of(1, events), Optional.empty());
    MessageOrigin origin =
        new MessageOrigin(sender, Optional.of(gateway), backlog, Optional.of(batch));
    return new QueuedMessage(
        new Received("m" + number++, "x".repeat(bytes), Instant.EPOCH, 0), origin);
  }
}
