package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Whatever the network does, an event stays in the outbox until the cloud has stored it, an event
/// that was sent never changes, and in the end the cloud has all events that it accepts.
class DeliveryProperties {

  @Provide
  Arbitrary<Integer> actions() {
    return Arbitraries.integers().between(0, 99);
  }

  @Property(tries = 300)
  void nothing_is_lost_and_only_rejected_events_are_quarantined(
      @ForAll @Size(min = 20, max = 200) List<@From("actions") Integer> actions,
      @ForAll long seed) {
    UnreliableNetwork world = new UnreliableNetwork(seed);
    for (int action : actions) {
      world.act(action);
      assertThat(world.removed()).isSubsetOf(world.stored());
      assertThat(world.quarantined()).isSubsetOf(world.rejectedForGood());
    }
    world.recover();
    assertThat(world.outbox().counts().waiting()).isZero();
    assertThat(world.accountedFor())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, world.outbox().counts().recorded()).boxed().toList());
    assertThat(world.rejectedForGood()).noneMatch(world.stored()::contains);
  }
}
