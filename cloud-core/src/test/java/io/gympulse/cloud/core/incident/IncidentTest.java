package io.gympulse.cloud.core.incident;

import static io.gympulse.cloud.core.incident.IncidentsContract.NOON;
import static io.gympulse.cloud.core.incident.IncidentsContract.OPERATORS;
import static io.gympulse.cloud.core.incident.IncidentsContract.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.notification.Deliveries.DeliveryRecord;
import io.gympulse.cloud.core.notification.Deliveries.PendingDelivery;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IncidentTest {
  private static final Instant SETTLED = NOON.plus(Incident.SETTLE);

  @Test
  void it_is_notified_after_its_delay_and_again_when_all_subjects_have_recovered() {
    Incident open =
        Incident.offline(NOON, gateway("one"), OPERATORS, NOON).joinedBy(gateway("two"));
    assertThat(open.onDue(SETTLED.minusMillis(1)).send()).isEmpty();
    DeliveryRecord.Step<Incident> opening = open.onDue(SETTLED);
    assertThat(opening.send()).hasSize(1);
    Incident told = opening.next().delivered(opening.send().getFirst().id());
    Incident half = told.recovered(gateway("one"), OPERATORS, SETTLED);
    assertThat(half.due()).isEmpty();
    Incident closed = half.recovered(gateway("two"), OPERATORS, SETTLED);
    assertThat(closed.closedAt()).hasValue(SETTLED);
    DeliveryRecord.Step<Incident> closing = closed.onDue(SETTLED);
    assertThat(closing.send())
        .extracting(PendingDelivery::id)
        .isNotEqualTo(opening.send().stream().map(PendingDelivery::id).toList())
        .hasSize(1);
  }

  @Test
  void an_incident_that_is_over_before_its_delay_is_not_notified() {
    Incident over =
        Incident.offline(NOON, gateway("one"), OPERATORS, NOON)
            .recovered(gateway("one"), OPERATORS, NOON.plusSeconds(5));
    assertThat(over.isOpen()).isFalse();
    assertThat(over.due()).isEmpty();
  }

  @Test
  void a_recovered_subject_stays_recovered_after_a_repeated_report() {
    Incident half =
        Incident.offline(NOON, gateway("one"), OPERATORS, NOON)
            .joinedBy(gateway("two"))
            .recovered(gateway("one"), OPERATORS, NOON);
    assertThat(half.joinedBy(gateway("one"))).isSameAs(half);
    assertThat(half.recovered(gateway("one"), OPERATORS, NOON)).isSameAs(half);
  }

  @Test
  void a_failed_delivery_is_tried_again_under_the_same_id() {
    DeliveryRecord.Step<Incident> first =
        Incident.offline(NOON, gateway("one"), OPERATORS, NOON).onDue(SETTLED);
    String id = first.send().getFirst().id();
    Incident failed = first.next().failed(id, SETTLED, 0, Duration.ZERO);
    DeliveryRecord.Step<Incident> second = failed.onDue(failed.due().orElseThrow());
    assertThat(second.send()).extracting(PendingDelivery::id).containsExactly(id);
  }
}
