package io.gympulse.cloud.alert;

import io.gympulse.cloud.core.alert.Alert;
import io.gympulse.cloud.core.alert.PendingDelivery;
import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.MachinePlace;
import io.gympulse.cloud.dispatch.Correlation;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.MachineId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Puts what a member is told into words, by the names and the clock of the gym.
final class Wording {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final FloorPlans plans;

  Wording(FloorPlans plans) {
    this.plans = plans;
  }

  Notification of(Alert alert, PendingDelivery delivery) {
    MachineId machine = alert.machine();
    Optional<MachinePlace> place = plans.locate(machine);
    Optional<FloorPlan> plan = plans.find(alert.gym());
    String name = place.map(it -> it.machine().name()).orElse(machine.value());
    String gym = plan.map(it -> it.gym().name()).orElse(alert.gym().value());
    String time =
        TIME.format(
            delivery.since().atZone(plan.map(it -> it.gym().zone()).orElse(ZoneOffset.UTC)));
    return new Notification(
        delivery.id(),
        NotificationKind.MACHINE_FREE,
        new Recipient.Member(alert.user()),
        Optional.of(machine),
        Optional.of(alert.gym()),
        place.map(it -> it.machine().category()),
        name,
        delivery.since(),
        Correlation.of(machine.value(), delivery.since()),
        "%s at %s is free since %s.".formatted(name, gym, time));
  }
}
