package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.arrears.Arrears;
import io.gympulse.cloud.core.arrears.Due;
import io.gympulse.cloud.core.arrears.Horizon;
import io.gympulse.cloud.core.arrears.Mark;
import io.gympulse.cloud.core.coverage.Coverage;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.GatewayNews;
import io.gympulse.cloud.core.presence.GatewayPresence;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.OutboxId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every adapter of the records of gateways promises.
public abstract class GatewaysContract extends StoreContract {
  @Test
  void a_gateway_is_replaced_only_if_it_is_what_was_expected() {
    Gateway online = gateway(true, NOON);
    Gateway offline = gateway(false, NOON.plusSeconds(300));
    assertThat(store.gateways().replace(Optional.of(offline), online)).isFalse();
    assertThat(store.gateways().replace(Optional.empty(), online)).isTrue();
    assertThat(store.gateways().replace(Optional.empty(), offline)).isFalse();
    assertThat(store.gateways().replace(Optional.of(online), offline)).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(offline);
    assertThat(store.gateways().all()).containsExactly(offline);
    assertThat(store.view().presences()).containsExactly(offline.presence().orElseThrow());
  }

  @Test
  void those_of_many_that_are_known_are_found_in_one_go() {
    Gateway known = gateway(true, NOON);
    assertThat(store.gateways().find(List.of())).isEmpty();
    store.gateways().replace(Optional.empty(), known);
    List<GatewayId> asked = new ArrayList<>(List.of(GATEWAY.gateway(), GATEWAY.gateway()));
    IntStream.range(0, 150).forEach(it -> asked.add(new GatewayId("nobody-" + it)));
    assertThat(store.gateways().find(asked)).isEqualTo(Map.of(GATEWAY.gateway(), known));
  }

  @Test
  void a_gateway_that_was_never_heard_has_a_record_and_no_presence() {
    Mark mark = new Mark(new CategoryId("cardio"), Window.of(NOON));
    Gateway unheard = Gateway.unheard(GATEWAY);
    Gateway marked =
        new Gateway(
            GATEWAY, Optional.empty(), Coverage.NONE, unheard.arrears().marked(Set.of(mark)));
    assertThat(store.gateways().replace(Optional.empty(), marked)).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(marked);
    assertThat(store.view().presences()).isEmpty();
    Gateway heard = gateway(true, NOON);
    assertThat(store.gateways().replace(Optional.of(marked), heard)).isTrue();
    assertThat(store.view().presences()).hasSize(1);
  }

  /// As an earlier version kept it of a gateway whose clock once showed 1970: it can be read, and
  /// asks for a month's work and no more.
  @Test
  void a_record_that_claims_decades_is_read_and_worked_off_in_portions() {
    Mark old = new Mark(new CategoryId("cardio"), Window.of(Instant.EPOCH));
    Coverage decades = Coverage.begun(OUTBOX, Instant.EPOCH).join(Coverage.reached(OUTBOX, NOON));
    Gateway poisoned =
        new Gateway(GATEWAY, Optional.empty(), decades, Arrears.NONE.marked(Set.of(old)));
    assertThat(store.gateways().replace(Optional.empty(), poisoned)).isTrue();

    Gateway read = store.gateways().find(GATEWAY.gateway()).orElseThrow();
    assertThat(read).isEqualTo(poisoned);
    assertThat(store.gateways().all()).containsExactly(poisoned);
    assertThat(read.dueWindows(Horizon.at(NOON))).isEqualTo(2_880);
    Due portion = read.due(Horizon.at(NOON), 192);
    assertThat(portion.wholeGym()).hasSize(192);
    assertThat(portion.marks()).containsOnlyKeys(old);
    assertThat(store.gateways().replace(Optional.of(read), read.settled(portion))).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway()).orElseThrow().dueWindows(Horizon.at(NOON)))
        .isEqualTo(2_880 - 193);
  }

  @Test
  void the_record_of_a_gateway_that_names_thousands_of_outboxes_stays_small() {
    Gateway honest =
        told(
            told(Optional.empty(), Coverage.begun(OUTBOX, NOON.minusSeconds(3_600))),
            Coverage.reached(OUTBOX, NOON));
    Gateway kept = honest;
    for (int i = 1; i <= 4_000; i++) {
      OutboxId invented = OutboxId.random();
      Coverage all =
          Coverage.begun(invented, NOON).join(Coverage.reached(invented, NOON.plusSeconds(i)));
      kept = told(Optional.of(kept), i % 2 == 0 ? all : Coverage.begun(invented, NOON));
    }
    assertThat(kept.coverage().outboxes()).hasSize(Gateway.MOST_OUTBOXES);
    assertThat(kept.coverage().interval(OUTBOX)).isEqualTo(honest.coverage().interval(OUTBOX));
    store.gateways().replace(Optional.empty(), kept);
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(kept);
  }

  private static Gateway told(Gateway known, Coverage coverage) {
    return told(Optional.of(known), coverage);
  }

  private static Gateway told(Optional<Gateway> known, Coverage coverage) {
    return Gateway.after(known, GatewayNews.of(GATEWAY, coverage), Duration.ofMinutes(5));
  }

  /// With something in every field.
  private static Gateway gateway(boolean online, Instant since) {
    Mark mark = new Mark(new CategoryId("cardio"), Window.of(since));
    Coverage coverage =
        Coverage.begun(OUTBOX, since.minusSeconds(60)).join(Coverage.reached(OUTBOX, since));
    return new Gateway(
        GATEWAY,
        Optional.of(new GatewayPresence(GATEWAY, online, since, since, 3)),
        coverage,
        new Arrears(coverage, new TreeMap<>(Map.of(mark, 2L)), 3));
  }
}
