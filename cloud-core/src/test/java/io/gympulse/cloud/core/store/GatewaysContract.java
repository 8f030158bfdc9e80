package io.gympulse.cloud.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.aggregate.AggregationBacklog;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DirtyWindow;
import io.gympulse.cloud.core.aggregate.AggregationBacklog.DueWindows;
import io.gympulse.cloud.core.aggregate.Coverage;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.cloud.core.aggregate.Window.Horizon;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.Gateway.GatewayUpdate;
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

/// The contract of every adapter of the records of gateways.
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
  }

  @Test
  void known_gateways_are_found_by_one_request() {
    Gateway known = gateway(true, NOON);
    assertThat(store.gateways().find(List.of())).isEmpty();
    store.gateways().replace(Optional.empty(), known);
    List<GatewayId> asked = new ArrayList<>(List.of(GATEWAY.gateway(), GATEWAY.gateway()));
    IntStream.range(0, 150).forEach(it -> asked.add(new GatewayId("nobody-" + it)));
    assertThat(store.gateways().find(asked)).isEqualTo(Map.of(GATEWAY.gateway(), known));
  }

  @Test
  void a_gateway_without_messages_has_a_record_and_no_presence() {
    DirtyWindow mark = new DirtyWindow(new CategoryId("cardio"), Window.of(NOON));
    Gateway initial = Gateway.initial(GATEWAY);
    Gateway marked =
        new Gateway(
            GATEWAY, Optional.empty(), Coverage.NONE, initial.backlog().markDirty(Set.of(mark)));
    assertThat(store.gateways().replace(Optional.empty(), marked)).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(marked);
    Gateway heard = gateway(true, NOON);
    assertThat(store.gateways().replace(Optional.of(marked), heard)).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(heard);
  }

  /// A record that an earlier version stored of a gateway whose clock once showed 1970: it can be
  /// read, and no more than a month is due.
  @Test
  void a_record_that_claims_decades_is_computed_in_portions() {
    DirtyWindow old = new DirtyWindow(new CategoryId("cardio"), Window.of(Instant.EPOCH));
    Coverage decades = Coverage.startingAt(OUTBOX, Instant.EPOCH).join(Coverage.upTo(OUTBOX, NOON));
    Gateway poisoned =
        new Gateway(
            GATEWAY, Optional.empty(), decades, AggregationBacklog.NONE.markDirty(Set.of(old)));
    assertThat(store.gateways().replace(Optional.empty(), poisoned)).isTrue();

    Gateway read = store.gateways().find(GATEWAY.gateway()).orElseThrow();
    assertThat(read).isEqualTo(poisoned);
    assertThat(store.gateways().all()).containsExactly(poisoned);
    assertThat(read.dueWindows(Horizon.at(NOON))).isEqualTo(2_880);
    DueWindows portion = read.due(Horizon.at(NOON), 192);
    assertThat(portion.wholeGym()).hasSize(192);
    assertThat(portion.dirty()).containsOnlyKeys(old);
    assertThat(store.gateways().replace(Optional.of(read), read.completed(portion))).isTrue();
    assertThat(store.gateways().find(GATEWAY.gateway()).orElseThrow().dueWindows(Horizon.at(NOON)))
        .isEqualTo(2_880 - 193);
  }

  @Test
  void the_record_of_a_gateway_that_names_thousands_of_outboxes_stays_small() {
    Gateway honest =
        updated(
            updated(Optional.empty(), Coverage.startingAt(OUTBOX, NOON.minusSeconds(3_600))),
            Coverage.upTo(OUTBOX, NOON));
    Gateway kept = honest;
    for (int i = 1; i <= 4_000; i++) {
      OutboxId invented = OutboxId.random();
      Coverage all =
          Coverage.startingAt(invented, NOON).join(Coverage.upTo(invented, NOON.plusSeconds(i)));
      kept = updated(Optional.of(kept), i % 2 == 0 ? all : Coverage.startingAt(invented, NOON));
    }
    assertThat(kept.coverage().outboxes()).hasSize(Gateway.MOST_OUTBOXES);
    assertThat(kept.coverage().interval(OUTBOX)).isEqualTo(honest.coverage().interval(OUTBOX));
    store.gateways().replace(Optional.empty(), kept);
    assertThat(store.gateways().find(GATEWAY.gateway())).contains(kept);
  }

  private static Gateway updated(Gateway known, Coverage coverage) {
    return updated(Optional.of(known), coverage);
  }

  private static Gateway updated(Optional<Gateway> known, Coverage coverage) {
    return Gateway.after(known, GatewayUpdate.of(GATEWAY, coverage), Duration.ofMinutes(5));
  }

  /// With a value in every field.
  private static Gateway gateway(boolean online, Instant since) {
    DirtyWindow mark = new DirtyWindow(new CategoryId("cardio"), Window.of(since));
    Coverage coverage =
        Coverage.startingAt(OUTBOX, since.minusSeconds(60)).join(Coverage.upTo(OUTBOX, since));
    return new Gateway(
        GATEWAY,
        Optional.of(new GatewayPresence(GATEWAY, online, since, since, 3)),
        coverage,
        new AggregationBacklog(coverage, new TreeMap<>(Map.of(mark, 2L)), 3));
  }
}
