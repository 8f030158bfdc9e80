package io.gympulse.cloud.core.alert;

import io.gympulse.cloud.core.alert.AlertTerms.Repetition;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentState.PreviousStatus;
import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Alerts and states for tests.
public final class SampleAlerts {
  public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  public static final UserId ANNA = new UserId("anna@example.org");
  public static final MachineId BIKE = new MachineId("bike");
  public static final GymId GYM = new GymId("g");
  public static final Channel PAGE = new Channel.WebSocket();
  public static final Channel HOOK =
      new Channel.Webhook(URI.create("https://example.org/hook"), "a secret that is long");
  public static final AlertTerms ONCE = terms(new Repetition.Once());

  private SampleAlerts() {}

  public static AlertTerms terms(Repetition repetition) {
    return new AlertTerms(Optional.empty(), Optional.empty(), List.of(PAGE, HOOK), repetition);
  }

  /// Made at noon, while the bike was occupied since a minute.
  public static Alert alert(AlertTerms terms) {
    return alert(AlertId.random(), ANNA, BIKE, terms);
  }

  public static Alert alert(AlertId id, UserId user, MachineId machine, AlertTerms terms) {
    return Alert.create(
        id,
        new Alert.Watch(user, machine, GYM),
        terms,
        Optional.of(occupied(NOON.minusSeconds(60))),
        NOON);
  }

  public static CurrentState occupied(Instant since) {
    return state(MachineStatus.OCCUPIED, since, MachineStatus.FREE);
  }

  /// Free after use.
  public static CurrentState freed(Instant since) {
    return state(MachineStatus.FREE, since, MachineStatus.OCCUPIED);
  }

  public static CurrentState state(MachineStatus status, Instant since, MachineStatus before) {
    PreviousStatus earlier =
        new PreviousStatus(before, since.minusSeconds(30), since.minusSeconds(30), 1);
    return new CurrentState(
        BIKE,
        GYM,
        new CategoryId("bikes"),
        status,
        Optional.empty(),
        since,
        since,
        2,
        Optional.of(earlier),
        true);
  }
}
