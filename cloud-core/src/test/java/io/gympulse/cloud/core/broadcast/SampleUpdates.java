package io.gympulse.cloud.core.broadcast;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.feed.FeedUpdate;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Two gyms, two categories, two machines in every combination, as updates and as filters.
public final class SampleUpdates {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final List<String> GYMS = List.of("downtown", "riverside");
  private static final List<String> CATEGORIES = List.of("bike", "rower");
  private static final List<String> MACHINES = List.of("bike-1", "rower-1");

  private SampleUpdates() {}

  public static FeedUpdate machine(String gym, String category, String machine) {
    return new FeedUpdate.MachineChanged(
        1,
        new CurrentState(
            new MachineId(machine),
            new GymId(gym),
            new CategoryId(category),
            MachineStatus.FREE,
            Optional.empty(),
            NOON,
            NOON,
            1));
  }

  public static FeedUpdate presence(String gym) {
    return new FeedUpdate.PresenceChanged(
        1,
        new GatewayPresence(
            new GatewayAddress(new GymId(gym), new GatewayId(gym + "-gateway")),
            true,
            NOON,
            NOON,
            0));
  }

  public static List<FeedUpdate> updates() {
    List<FeedUpdate> updates = new ArrayList<>(GYMS.stream().map(SampleUpdates::presence).toList());
    for (String gym : GYMS) {
      for (String category : CATEGORIES) {
        MACHINES.forEach(it -> updates.add(machine(gym, category, it)));
      }
    }
    return updates;
  }

  public static List<SubscriptionFilter> filters() {
    return orNone(GYMS)
        .flatMap(
            gym ->
                orNone(CATEGORIES)
                    .flatMap(
                        category ->
                            orNone(MACHINES)
                                .map(
                                    machine ->
                                        new SubscriptionFilter(
                                            gym.map(GymId::new),
                                            category.map(CategoryId::new),
                                            machine.map(MachineId::new)))))
        .toList();
  }

  private static Stream<Optional<String>> orNone(List<String> names) {
    return Stream.concat(Stream.of(Optional.empty()), names.stream().map(Optional::of));
  }
}
