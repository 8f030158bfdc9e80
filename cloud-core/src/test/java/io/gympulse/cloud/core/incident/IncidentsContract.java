package io.gympulse.cloud.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.page.Page;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every keeper of incidents promises.
public abstract class IncidentsContract {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  static final List<Channel> OPERATORS = List.of(new Channel.Email("ops@example.org"));
  static final Subject.Sensors BIKE = new Subject.Sensors(new MachineId("bike"), new GymId("g"));

  /// Empty at the start of each test.
  protected abstract Incidents incidents();

  static Subject.Gateway gateway(String id) {
    return new Subject.Gateway(new GatewayAddress(new GymId("g"), new GatewayId(id)));
  }

  @Test
  void an_incident_reads_back_as_it_was_kept_at_every_stage() {
    Incident one = Incident.offline(NOON, gateway("one"), OPERATORS, NOON);
    assertThat(incidents().create(one)).isTrue();
    assertThat(incidents().find(one.id())).hasValue(one);
    Incident two = one.joinedBy(gateway("two"));
    assertThat(incidents().replace(one, two)).isTrue();
    Incident begun = two.onDue(two.due().orElseThrow()).next();
    assertThat(incidents().replace(two, begun)).isTrue();
    Incident half = begun.recovered(gateway("one"), OPERATORS, NOON.plusSeconds(60));
    assertThat(incidents().replace(begun, half)).isTrue();
    assertThat(incidents().find(one.id())).hasValue(half);
    Incident fault = Incident.sensorFault(NOON, BIKE, "sensor-dead", OPERATORS, NOON);
    assertThat(incidents().create(fault)).isTrue();
    assertThat(incidents().find(fault.id())).hasValue(fault);
    Subject.Health disk =
        new Subject.Health(gateway("one").address(), HealthProblem.DISK_NEARLY_FULL);
    Incident full = Incident.gatewayHealth(NOON, disk, "its disk is full", OPERATORS, NOON);
    assertThat(incidents().create(full)).isTrue();
    assertThat(incidents().openFor(disk)).hasValue(full);
  }

  @Test
  void the_same_episode_is_created_once() {
    Incident incident = Incident.offline(NOON, gateway("one"), OPERATORS, NOON);
    assertThat(incidents().create(incident)).isTrue();
    assertThat(incidents().create(Incident.offline(NOON, gateway("two"), OPERATORS, NOON)))
        .isFalse();
    assertThat(incidents().find(incident.id())).hasValue(incident);
  }

  @Test
  void an_open_incident_is_found_by_a_subject_that_has_not_recovered() {
    Incident both =
        Incident.offline(NOON, gateway("one"), OPERATORS, NOON).joinedBy(gateway("two"));
    incidents().create(both);
    assertThat(incidents().openFor(gateway("two"))).hasValue(both);
    Incident half = both.recovered(gateway("two"), OPERATORS, NOON);
    incidents().replace(both, half);
    assertThat(incidents().openFor(gateway("two"))).isEmpty();
    assertThat(incidents().openFor(gateway("one"))).hasValue(half);
    assertThat(open(9)).containsExactly(half);
    Incident closed = half.recovered(gateway("one"), OPERATORS, NOON);
    incidents().replace(half, closed);
    assertThat(incidents().openFor(gateway("one"))).isEmpty();
    assertThat(open(9)).isEmpty();
  }

  @Test
  void open_ones_are_read_page_by_page_the_oldest_first() {
    List<Incident> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      MachineId machine = new MachineId("bike-" + i);
      Subject.Sensors bike = new Subject.Sensors(machine, new GymId("g"));
      Incident incident = Incident.sensorFault(NOON.plusSeconds(i / 2), bike, "x", OPERATORS, NOON);
      incidents().create(incident);
      all.add(incident);
    }
    for (int size : new int[] {1, 4, 6, 50}) {
      assertThat(open(size)).as("pages of %d", size).isEqualTo(all);
    }
    assertThat(incidents().open(Optional.empty(), 4).items()).hasSize(4);
  }

  private List<Incident> open(int size) {
    List<Incident> all = new ArrayList<>();
    Page.each((Optional<Incident.Cursor> after) -> incidents().open(after, size), all::addAll);
    return all;
  }

  @Test
  void due_are_those_whose_time_has_come() {
    Incident first = Incident.offline(NOON, gateway("one"), OPERATORS, NOON);
    Incident second = Incident.sensorFault(NOON, BIKE, "x", OPERATORS, NOON.plusSeconds(5));
    incidents().create(second);
    incidents().create(first);
    Instant settled = NOON.plus(Incident.SETTLE);
    assertThat(incidents().due(settled.minusMillis(1), 10)).isEmpty();
    assertThat(incidents().due(settled, 10)).containsExactly(first);
    assertThat(incidents().due(settled.plusSeconds(5), 10)).containsExactly(first, second);
    assertThat(incidents().due(settled.plusSeconds(5), 1)).containsExactly(first);
  }

  @Test
  void a_write_based_on_an_outdated_read_is_rejected() {
    Incident first = Incident.offline(NOON, gateway("one"), OPERATORS, NOON);
    incidents().create(first);
    assertThat(incidents().replace(first, first.joinedBy(gateway("two")))).isTrue();
    assertThat(incidents().replace(first, first.joinedBy(gateway("three")))).isFalse();
  }
}
