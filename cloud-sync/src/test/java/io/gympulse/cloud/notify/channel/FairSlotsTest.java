package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FairSlotsTest {
  private final Set<String> failing = new HashSet<>();
  private final Set<String> proven = new HashSet<>();
  private final FairSlots<String, String> slots =
      new FairSlots<>(
          new FairSlots.Bounds(4, 2, 3, 10, 6), it -> it.replaceAll("@.*", ""), failing::contains);

  @Test
  void destinations_take_turns_however_many_calls_wait_for_one() {
    enter("dead", 5);
    enter("honest", 2);
    assertThat(started()).containsExactly("dead-0", "honest-0", "dead-1", "honest-1");
    slots.leave("dead", "dead-0");
    assertThat(started()).containsExactly("dead-2");
  }

  @Test
  void groups_take_turns_however_many_destinations_one_has() {
    for (int i = 0; i < 6; i++) {
      enter("crowd@" + i, 1);
    }
    enter("honest", 1);
    assertThat(started()).containsExactly("crowd@0-0", "honest-0", "crowd@1-0", "crowd@2-0");
    slots.leave("honest", "honest-0");
    assertThat(started()).isEmpty();
    slots.leave("crowd@0", "crowd@0-0");
    assertThat(started()).containsExactly("crowd@3-0");
  }

  @Test
  void no_more_of_a_group_wait_than_may() {
    for (int i = 0; i < 6; i++) {
      enter("crowd@" + i, 1);
    }
    assertThat(slots.enter("crowd@6", "crowd@6-0")).isFalse();
    enter("honest", 1);
    assertThat(started()).hasSize(4);
    enter("crowd@7", 1);
  }

  @Test
  void who_is_overdue_makes_room_for_others_of_a_group_that_has_all_its_slots() {
    for (int i = 0; i < 4; i++) {
      enter("crowd@" + i, 1);
    }
    enter("honest", 1);
    assertThat(started()).hasSize(4);
    slots.leave("honest", "honest-0");
    assertThat(slots.victim(proven::contains)).isEmpty();
    slots.overdue("crowd@1-0");
    assertThat(slots.victim(proven::contains)).hasValue("crowd@1-0");
    slots.leave("crowd@1", "crowd@1-0");
    assertThat(started()).containsExactly("crowd@3-0");
    assertThat(slots.victim(proven::contains)).isEmpty();
  }

  @Test
  void a_full_queue_rejects_calls() {
    for (int i = 0; i < 10; i++) {
      enter("some-" + i, 1);
    }
    assertThat(slots.enter("more", "more-0")).isFalse();
  }

  @Test
  void who_is_overdue_for_longest_makes_room_and_the_proven_are_spared() {
    proven.add("a");
    for (String key : List.of("a", "b", "c", "d")) {
      enter(key, 1);
    }
    assertThat(started()).hasSize(4);
    for (String key : List.of("a", "b", "c")) {
      assertThat(slots.overdue(key + "-0")).isEmpty();
    }
    assertThat(slots.victim(proven::contains)).isEmpty();
    enter("honest", 1);
    assertThat(started()).isEmpty();
    assertThat(slots.victim(proven::contains)).hasValue("b-0");
    slots.leave("b", "b-0");
    assertThat(started()).containsExactly("honest-0");
    slots.leave("honest", "honest-0");
    enter("next", 2);
    assertThat(started()).containsExactly("next-0");
    slots.leave("c", "c-0");
    assertThat(started()).containsExactly("next-1");
  }

  @Test
  void nothing_waits_for_a_destination_whose_calls_are_all_overdue() {
    enter("dead", 4);
    assertThat(started()).containsExactly("dead-0", "dead-1");
    assertThat(slots.overdue("dead-0")).isEmpty();
    assertThat(slots.overdue("dead-1")).containsExactly("dead-2", "dead-3");
    assertThat(slots.enter("dead", "dead-4")).isFalse();
    slots.leave("dead", "dead-0");
    assertThat(slots.enter("dead", "dead-5")).isTrue();
    assertThat(started()).containsExactly("dead-5");
  }

  @Test
  void those_that_fail_have_a_quarter_of_the_slots_and_one_call_each() {
    enter("bad", 2);
    assertThat(started()).containsExactly("bad-0", "bad-1");
    enter("bad", "bad-2");
    failing.add("bad");
    assertThat(slots.leave("bad", "bad-0")).containsExactly("bad-2");
    assertThat(slots.enter("bad", "bad-3")).isFalse();
    assertThat(slots.leave("bad", "bad-1")).isEmpty();
    assertThat(slots.enter("bad", "bad-4")).isTrue();
    assertThat(slots.isRunning("bad-4")).isTrue();
    failing.add("worse");
    assertThat(slots.enter("worse", "worse-0")).isFalse();
    enter("good", 2);
    assertThat(started()).containsExactly("good-0", "good-1");
  }

  private void enter(String key, int calls) {
    for (int i = 0; i < calls; i++) {
      enter(key, key + "-" + i);
    }
  }

  private void enter(String key, String call) {
    assertThat(slots.enter(key, call)).isTrue();
  }

  private List<String> started() {
    List<String> started = new ArrayList<>();
    for (Optional<String> it = slots.next(); it.isPresent(); it = slots.next()) {
      started.add(it.get());
    }
    return started;
  }
}
