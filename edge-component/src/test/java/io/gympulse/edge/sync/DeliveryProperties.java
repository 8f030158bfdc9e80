package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineEvent;
import io.gympulse.contract.id.Sequence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Whatever the network does, what the cloud has not stored stays in the outbox, and in the end the
/// cloud has everything it will ever take.
class DeliveryProperties {

  @Provide
  Arbitrary<Integer> actions() {
    return Arbitraries.integers().between(0, 99);
  }

  @Property(tries = 200)
  void nothing_is_lost_and_only_the_refused_is_set_apart(
      @ForAll @Size(min = 20, max = 150) List<@From("actions") Integer> actions,
      @ForAll long seed) {
    RoughNetwork world = new RoughNetwork(seed);
    for (int action : actions) {
      world.act(action);
      assertThat(world.removed()).isSubsetOf(world.stored());
      assertThat(world.quarantined()).isSubsetOf(world.poison());
    }
    world.calm();
    assertThat(waiting(world)).isEmpty();
    Set<Long> taken = new HashSet<>(world.stored());
    taken.addAll(world.quarantined());
    assertThat(taken).hasSize((int) world.outbox().counts().recorded());
    assertThat(world.quarantined()).isEqualTo(world.poison());
  }

  private static List<Sequence> waiting(RoughNetwork world) {
    return world.outbox().peek(0, Integer.MAX_VALUE).stream().map(MachineEvent::seq).toList();
  }
}
