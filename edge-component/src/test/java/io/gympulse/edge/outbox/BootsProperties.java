package io.gympulse.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.TimeQuality;
import io.gympulse.edge.outbox.Boots.Boot;
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

class BootsProperties {
  private static final Instant NOON = OutboxContract.NOON;

  @Property
  void estimated_boots_stay_in_order_between_the_known_moments_before_and_after(@ForAll long seed) {
    Random random = new Random(seed);
    Boots boots = boots(random, random.nextInt(3) > 0);
    Boots estimated = boots.estimated(BootsProperties::span);
    int latestKnown = latestKnown(boots);
    Instant earliest = Instant.EPOCH;
    for (Boot boot : estimated.inOrder()) {
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
  void with_enough_time_estimated_boots_keep_their_length_and_end_as_late_as_possible(
      @ForAll long seed) {
    Boots estimated = boots(new Random(seed), true).estimated(BootsProperties::span);
    for (int i = 0; i + 1 < estimated.inOrder().size(); i++) {
      Boot boot = estimated.inOrder().get(i);
      Boot next = estimated.inOrder().get(i + 1);
      if (isBounded(boot) && next.start().isPresent()) {
        assertThat(wall(boot, boot.last())).isEqualTo(wall(next, Duration.ZERO));
        assertThat(Duration.between(wall(boot, Duration.ZERO), wall(boot, boot.last())))
            .isEqualTo(boot.last());
      }
    }
  }

  @Example
  void boots_that_do_not_fit_begin_at_the_last_known_moment_and_none_ends_after_the_next_begins() {
    Boots boots =
        new Boots(
            List.of(
                boot(0, Optional.of(NOON), 100),
                boot(1, Optional.empty(), 80),
                boot(2, Optional.empty(), 80),
                boot(3, Optional.of(NOON.plusSeconds(200)), 10)));
    Boots estimated = boots.estimated(BootsProperties::span);
    Boot first = estimated.inOrder().get(1);
    Boot second = estimated.inOrder().get(2);
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
        start.map(Boot.Start::measured),
        Duration.ofSeconds(seconds));
  }
}
