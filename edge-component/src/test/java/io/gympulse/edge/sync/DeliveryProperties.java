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

/// Whatever the network does, what the cloud has not stored stays in the outbox, what was sent once
/// is never sent otherwise, and in the end the cloud has everything it will ever take.
class DeliveryProperties {

  @Provide
  Arbitrary<Integer> actions() {
    return Arbitraries.integers().between(0, 99);
  }

  @Property(tries = 300)
  void nothing_is_lost_and_only_the_refused_is_set_apart(
      @ForAll @Size(min = 20, max = 200) List<@From("actions") Integer> actions,
      @ForAll long seed) {
    RoughNetwork world = new RoughNetwork(seed);
    for (int action : actions) {
      world.act(action);
      assertThat(world.removed()).isSubsetOf(world.stored());
      assertThat(world.quarantined()).isSubsetOf(world.poison());
    }
    world.calm();
    assertThat(world.outbox().counts().waiting()).isZero();
    assertThat(world.answeredFor())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, world.outbox().counts().recorded()).boxed().toList());
    assertThat(world.poison()).noneMatch(world.stored()::contains);
  }
}
