package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.edge.time.BootId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RestampingProperties {
  private static final Instant NOON = OutboxContract.NOON;

  @Property
  void boots_stay_in_order_between_what_is_known_before_and_after(@ForAll long seed) {
    Random random = new Random(seed);
    Boots boots = boots(random, random.nextInt(3) > 0);
    Boots settled = Restamping.settled(boots, RestampingProperties::span);
    int latestKnown = latestKnown(boots);
    Instant earliest = Instant.EPOCH;
    for (Boot boot : settled.inOrder()) {
      boolean known = boots.inOrder().get(boot.ordinal()).start().isPresent();
      assertThat(boot.start().isPresent()).isEqualTo(known || boot.ordinal() < latestKnown);
      if (boot.start().isEmpty()) {
        continue;
      }
      Instant first = wall(boot, Duration.ZERO);
      Instant last = wall(boot, boot.last());
      assertThat(last).isAfterOrEqualTo(first);
      if (!known) {
        assertThat(first).isAfterOrEqualTo(earliest);
        assertThat(boot.start().get().quality()).isEqualTo(TimeQuality.BOUNDED);
      }
      earliest = earliest.isAfter(last) ? earliest : last;
    }
  }

  @Property
  void with_room_enough_each_boot_keeps_its_length_and_ends_as_late_as_it_may(@ForAll long seed) {
    Boots settled = Restamping.settled(boots(new Random(seed), true), RestampingProperties::span);
    for (int i = 0; i + 1 < settled.inOrder().size(); i++) {
      Boot boot = settled.inOrder().get(i);
      Boot next = settled.inOrder().get(i + 1);
      if (isBounded(boot) && next.start().isPresent()) {
        assertThat(wall(boot, boot.last())).isEqualTo(wall(next, Duration.ZERO));
        assertThat(Duration.between(wall(boot, Duration.ZERO), wall(boot, boot.last())))
            .isEqualTo(boot.last());
      }
    }
  }

  @Example
  void boots_that_do_not_fit_begin_at_the_last_moment_known_and_none_ends_after_the_next() {
    Boots boots =
        new Boots(
            List.of(
                boot(0, Optional.of(NOON), 100),
                boot(1, Optional.empty(), 80),
                boot(2, Optional.empty(), 80),
                boot(3, Optional.of(NOON.plusSeconds(200)), 10)));
    Boots settled = Restamping.settled(boots, RestampingProperties::span);
    Boot first = settled.inOrder().get(1);
    Boot second = settled.inOrder().get(2);
    assertThat(wall(first, Duration.ZERO)).isEqualTo(NOON.plusSeconds(100));
    assertThat(wall(first, first.last())).isEqualTo(NOON.plusSeconds(120));
    assertThat(wall(second, Duration.ZERO)).isEqualTo(NOON.plusSeconds(120));
    assertThat(wall(second, second.last())).isEqualTo(NOON.plusSeconds(200));
  }

  private static boolean isBounded(Boot boot) {
    return boot.start().filter(it -> it.quality() == TimeQuality.BOUNDED).isPresent();
  }

  private static Instant wall(Boot boot, Duration sinceBoot) {
    return boot.start().orElseThrow().wall(sinceBoot);
  }

  private static Boots.Span span(Boot boot) {
    return Boots.Span.START.including(boot.last());
  }

  private static int latestKnown(Boots boots) {
    return boots.inOrder().stream()
        .filter(it -> it.start().isPresent())
        .mapToInt(Boot::ordinal)
        .max()
        .orElse(-1);
  }

  private static Boots boots(Random random, boolean room) {
    List<Boot> boots = new ArrayList<>();
    Instant now = NOON;
    for (int i = 0; i < random.nextInt(8); i++) {
      int seconds = random.nextInt(10_000);
      boots.add(boot(i, Optional.of(now).filter(_ -> random.nextBoolean()), seconds));
      now = now.plusSeconds(room ? seconds + random.nextInt(5_000) : random.nextInt(8_000));
    }
    return new Boots(List.copyOf(boots));
  }

  private static Boot boot(int ordinal, Optional<Instant> start, int seconds) {
    return new Boot(
        ordinal,
        new BootId("boot-" + ordinal),
        start.map(Boot.Start::told),
        Duration.ofSeconds(seconds));
  }
}
