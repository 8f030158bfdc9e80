package io.gympulse.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BaselessTest {

  @Test
  void a_period_that_its_gateways_death_ended_as_it_began_is_explained() {
    assertThat(
            explain(
                telling(200),
                Day.seen(1, 100, "occupied", "-"),
                Day.seen(2, 200, "free", "-"),
                Day.seen(3, 200, "unknown", "gateway-off")))
        .isEqualTo(new Baseless(1, 0, List.of()));
  }

  @Test
  void a_period_told_by_a_snapshot_before_the_events_came_is_explained() {
    assertThat(
            explain(
                telling(201),
                Day.seen(1, 100, "free", "-"),
                Day.seen(2, 150, "unknown", "gateway-off"),
                Day.seen(3, 200, "free", "-")))
        .isEqualTo(new Baseless(0, 1, List.of()));
  }

  @Test
  void a_period_that_never_began_is_invented() {
    Telling telling = telling(300);
    assertThat(explain(telling, Day.seen(1, 200, "free", "-"), Day.seen(2, 300, "occupied", "-")))
        .isEqualTo(new Baseless(0, 0, List.of(telling)));
  }

  private static Baseless explain(Telling telling, SeenEvent... stored) {
    return Baseless.explain(List.of(telling), List.of(stored), Day.TOLERANCE);
  }

  private static Telling telling(long since) {
    return new Telling("delivery", Day.MACHINE, Day.at(since), Day.at(since + 5));
  }
}
