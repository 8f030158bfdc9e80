package io.gympulse.cloud.notify.channel;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.notify.Notification;
import io.gympulse.cloud.notify.Notification.Recipient;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.Optional;

/// Notifications of a member's bike that became free.
final class Samples {
  static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  static final UserId ANNA = new UserId("anna");
  static final String JSON =
      """
      {"type":"alert","id":"a1@1777636800000.0","kind":"machine-free","machineId":"bike-1",\
      "gymId":"downtown","category":"bike","name":"Bike 1","since":1777636800,\
      "correlationId":"bike-1@1777636800000","text":"Bike 1 is free."}""";

  private Samples() {}

  static Notification free() {
    return to(new Recipient.Member(ANNA), "Bike 1");
  }

  static Notification to(Recipient recipient, String name) {
    return new Notification(
        "a1@1777636800000.0",
        Notification.Kind.MACHINE_FREE,
        recipient,
        Optional.of(new MachineId("bike-1")),
        Optional.of(new GymId("downtown")),
        Optional.of(new CategoryId("bike")),
        name,
        NOON,
        "bike-1@1777636800000",
        name + " is free.");
  }
}
