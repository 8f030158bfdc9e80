package io.gympulse.cloud.core.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.presence.Heard;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("g-gw"));
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final OutboxId OUTBOX = OutboxId.random();
  private static final CategoryId CARDIO = new CategoryId("cardio");

  private final Gateway heard = after(Optional.empty(), heard(NOON, OptionalLong.of(4)));

  @Test
  void a_sign_of_life_that_tells_little_is_not_worth_a_write() {
    assertThat(after(heard, heard(NOON.plusSeconds(29), OptionalLong.empty()))).isEqualTo(heard);
    assertThat(after(heard, heard(NOON.plusSeconds(30), OptionalLong.empty()))).isNotEqualTo(heard);
    assertThat(after(heard, heard(NOON.plusSeconds(1), OptionalLong.of(3)))).isNotEqualTo(heard);
  }

  @Test
  void who_comes_back_is_online_at_once() {
    Gateway offline = heard.silentUntil(NOON.plus(LIMIT), LIMIT);
    Gateway back = after(offline, heard(NOON.plusSeconds(301), OptionalLong.empty()));
    assertThat(back.presence().orElseThrow().online()).isTrue();
  }

  @Test
  void silence_changes_nothing_but_presence() {
    Gateway unheard = Gateway.unheard(ADDRESS);
    assertThat(unheard.silentUntil(NOON, LIMIT)).isEqualTo(unheard);
  }

  @Test
  void an_event_within_the_coverage_is_late_and_one_beyond_is_not() {
    Coverage coverage = Coverage.begun(OUTBOX, NOON).join(Coverage.reached(OUTBOX, at(600)));
    Gateway covered = after(heard, GatewayNews.of(ADDRESS, coverage));
    Gateway then =
        after(
            covered,
            GatewayNews.stored(
                ADDRESS,
                List.of(
                    new Touched(CARDIO, at(10)),
                    new Touched(CARDIO, at(11)),
                    new Touched(CARDIO, at(600)),
                    new Touched(CARDIO, at(-1)))));
    assertThat(then.arrears().late()).isEqualTo(Map.of(new Mark(CARDIO, Window.of(NOON)), 1L));
  }

  @Test
  void an_event_that_comes_with_the_proof_is_not_late() {
    Coverage coverage = Coverage.begun(OUTBOX, NOON).join(Coverage.reached(OUTBOX, at(600)));
    GatewayNews both =
        GatewayNews.of(ADDRESS, coverage)
            .and(GatewayNews.stored(ADDRESS, List.of(new Touched(CARDIO, at(10)))));
    Gateway then = after(heard, both);
    assertThat(then.arrears().late()).isEmpty();
    assertThat(then.due(at(900)).wholeGym()).isEmpty();
    assertThat(then.due(at(2100)).wholeGym()).containsExactly(Window.of(NOON));
  }

  @Test
  void coverage_and_arrears_read_back_as_they_were_written() {
    Mark mark = new Mark(CARDIO, Window.of(NOON));
    Coverage coverage =
        Coverage.begun(OUTBOX, NOON)
            .join(Coverage.reached(OUTBOX, at(1200)))
            .join(Coverage.reached(OutboxId.random(), at(3)));
    Gateway gateway =
        after(
            heard,
            GatewayNews.of(ADDRESS, coverage).and(GatewayNews.marked(ADDRESS, Set.of(mark))));
    Gateway settled = gateway.settled(gateway.due(at(1200))).settled(gateway.due(NOON));
    for (Gateway it : new Gateway[] {heard, gateway, settled}) {
      assertThat(GatewayCodec.coverage(GatewayCodec.encode(it.coverage())))
          .isEqualTo(it.coverage());
      assertThat(GatewayCodec.arrears(GatewayCodec.encode(it.arrears()))).isEqualTo(it.arrears());
    }
  }

  private static Gateway after(Gateway known, GatewayNews news) {
    return after(Optional.of(known), news);
  }

  private static Gateway after(Optional<Gateway> known, GatewayNews news) {
    return Gateway.after(known, news, LIMIT);
  }

  private static GatewayNews heard(Instant at, OptionalLong depth) {
    return GatewayNews.of(new Heard(ADDRESS, at, at, depth));
  }

  private static Instant at(int seconds) {
    return NOON.plusSeconds(seconds);
  }
}
