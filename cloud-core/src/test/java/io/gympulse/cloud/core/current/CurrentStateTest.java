package io.gympulse.cloud.core.current;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CurrentStateTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void unknown_in_between_does_not_hide_the_previous_status() {
    CurrentState state =
        claim(1, MachineStatus.OCCUPIED)
            .join(claim(2, MachineStatus.UNKNOWN))
            .join(claim(3, MachineStatus.FREE));
    assertThat(state.status()).isEqualTo(MachineStatus.FREE);
    assertThat(state.before()).contains(MachineStatus.OCCUPIED);
  }

  @Test
  void a_claim_of_the_same_status_is_not_the_previous_status() {
    CurrentState state = claim(1, MachineStatus.FREE);
    CurrentState again =
        new CurrentState(
            state.machine(),
            state.gym(),
            state.category(),
            state.status(),
            state.reason(),
            state.since(),
            NOON.plusSeconds(60),
            0);
    assertThat(state.join(again).before()).isEmpty();
    assertThat(again.join(state)).isEqualTo(state.join(again));
  }

  @Test
  void late_data_still_provides_the_previous_status() {
    CurrentState state = claim(3, MachineStatus.FREE).join(claim(1, MachineStatus.OCCUPIED).past());
    assertThat(state.before()).contains(MachineStatus.OCCUPIED);
    assertThat(state.present()).isTrue();
  }

  @Property
  void any_order_grouping_and_repetition_of_claims_leaves_the_same(
      @ForAll Random random, @ForAll @Size(min = 1, max = 12) List<MachineStatus> statuses) {
    List<CurrentState> claims =
        IntStream.range(0, statuses.size())
            .mapToObj(
                it ->
                    random.nextInt(3) == 0
                        ? claim(it, statuses.get(it)).past()
                        : claim(it, statuses.get(it)))
            .toList();
    List<CurrentState> arriving = new ArrayList<>(claims);
    arriving.addAll(claims.subList(0, claims.size() / 2));
    Collections.shuffle(arriving, random);
    int cut = 1 + random.nextInt(arriving.size());
    CurrentState first = all(arriving.subList(0, cut));
    CurrentState joined =
        cut == arriving.size() ? first : all(arriving.subList(cut, arriving.size())).join(first);
    assertThat(joined).isEqualTo(all(claims));
  }

  private static CurrentState all(List<CurrentState> claims) {
    return CurrentState.joined(claims).getFirst();
  }

  private static CurrentState claim(int second, MachineStatus status) {
    Instant at = NOON.plusSeconds(second);
    return new CurrentState(
        new MachineId("m"),
        new GymId("g"),
        new CategoryId("c"),
        status,
        Optional.empty(),
        at,
        at,
        second);
  }
}
