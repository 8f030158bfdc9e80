package io.gympulse.cloud.core.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.forecast.CategoryModel.State;
import io.gympulse.cloud.core.forecast.Forecast.Basis;
import io.gympulse.cloud.core.forecast.Forecast.Likely;
import io.gympulse.cloud.core.forecast.Forecast.Reason;
import io.gympulse.cloud.core.forecast.Forecast.Unknown;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final Optional<CategoryModel> MODEL = Optional.of(SampleHistory.model(4, 40));
  private static final Optional<CategoryModel> YOUNG = Optional.of(SampleHistory.model(4, 15));
  private static final Instant NOW =
      SampleHistory.START.plus(Duration.ofDays(40)).plusSeconds(3_600);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final MachineId BIKE = new MachineId("bike-1");

  @Property(tries = 200)
  void a_probability_lies_in_its_interval_and_falls_with_the_machines_in_use(
      @ForAll @IntRange(min = 0, max = 7 * 24 * 60) int minute,
      @ForAll @IntRange(min = 0, max = 180) int ahead,
      @ForAll @IntRange(min = 1, max = 4) int known,
      @ForAll @IntRange(min = 0, max = 3) int inUse) {
    Instant now = NOW.plus(Duration.ofMinutes(minute));
    int fewer = Math.min(inUse, known - 1);
    Likely some = likely(now, known, fewer, ahead);
    Likely more = likely(now, known, fewer + 1, ahead);
    assertThat(some.low()).isBetween(0.0, some.probability());
    assertThat(some.high()).isBetween(some.probability(), 1.0);
    assertThat(more.probability()).isLessThanOrEqualTo(some.probability() + 1e-9);
    assertThat(some.meanWait().orElseThrow()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(some.free().orElseThrow().low()).isBetween(0, some.free().orElseThrow().high());
    assertThat(some.free().orElseThrow().high()).isLessThanOrEqualTo(known);
  }

  private static Likely likely(Instant now, int known, int inUse, int ahead) {
    State state = new State(now, known, inUse, Optional.empty());
    Forecast forecast = Forecaster.category(MODEL, state, Duration.ofMinutes(ahead));
    assertThat(forecast).isInstanceOf(Likely.class);
    assertThat(((Likely) forecast).basis()).isEqualTo(Basis.MODEL);
    return (Likely) forecast;
  }

  @Test
  void now_itself_is_certain() {
    assertThat(likely(NOW, 4, 4, 0).probability()).isLessThan(0.001);
    assertThat(likely(NOW, 4, 3, 0).probability()).isGreaterThan(0.999);
  }

  @Test
  void a_machine_in_use_is_less_likely_to_be_free_than_a_free_one() {
    Likely free = (Likely) machine(MODEL, MachineStatus.FREE);
    Likely occupied = (Likely) machine(MODEL, MachineStatus.OCCUPIED);
    assertThat(occupied.probability()).isLessThan(free.probability());
    assertThat(free.probability()).isBetween(free.low(), free.high());
  }

  @Test
  void machines_of_unknown_status_are_not_forecast_over() {
    State none = new State(NOW, 0, 0, Optional.empty());
    assertThat(Forecaster.category(MODEL, none, HALF_HOUR))
        .isEqualTo(new Unknown(Reason.STATUS_UNKNOWN));
    assertThat(machine(MODEL, MachineStatus.UNKNOWN)).isEqualTo(new Unknown(Reason.STATUS_UNKNOWN));
  }

  @Test
  void with_little_data_the_slots_average_is_used_if_all_machines_are_known() {
    State all = new State(SampleHistory.START.plus(Duration.ofDays(15)), 4, 1, Optional.empty());
    assertThat(Forecaster.category(YOUNG, all, HALF_HOUR))
        .isInstanceOfSatisfying(
            Likely.class,
            it -> {
              assertThat(it.basis()).isEqualTo(Basis.SLOT_AVERAGE);
              assertThat(it.probability()).isBetween(it.low(), it.high());
              assertThat(it.high() - it.low()).isGreaterThan(0.2);
            });
    State some = new State(all.now(), 3, 1, Optional.empty());
    assertThat(Forecaster.category(YOUNG, some, HALF_HOUR))
        .isEqualTo(new Unknown(Reason.TOO_LITTLE_DATA));
  }

  @Test
  void without_a_model_or_with_an_old_one_the_reason_is_named() {
    State state = new State(NOW, 4, 1, Optional.empty());
    assertThat(Forecaster.category(Optional.empty(), state, HALF_HOUR))
        .isEqualTo(new Unknown(Reason.TOO_LITTLE_DATA));
    State later = new State(NOW.plus(Forecaster.LASTS), 4, 1, Optional.empty());
    assertThat(Forecaster.category(MODEL, later, HALF_HOUR))
        .isEqualTo(new Unknown(Reason.MODEL_OUTDATED));
  }

  @Test
  void a_time_out_of_reach_is_refused() {
    State state = new State(NOW, 4, 1, Optional.empty());
    for (Duration ahead : new Duration[] {Duration.ofSeconds(-1), Duration.ofMinutes(181)}) {
      assertThatThrownBy(() -> Forecaster.category(MODEL, state, ahead))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Forecast machine(Optional<CategoryModel> model, MachineStatus status) {
    State state = new State(NOW, 4, 2, Optional.of(0.5));
    return Forecaster.machine(model, BIKE, status, state, HALF_HOUR);
  }
}
