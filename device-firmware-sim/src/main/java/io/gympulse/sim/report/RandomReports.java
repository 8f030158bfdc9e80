package io.gympulse.sim.report;

import io.gympulse.sim.day.Seed;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Reports of 1 to 10 random devices. The same seed and number give the same devices.
public record RandomReports(Seed seed) {
  private static final int MAX_DEVICES = 10;

  /// A device of some type, seen in some state.
  public record DeviceState(String type, String state) {}

  private record Type(String name, List<String> states) {}

  private static final List<Type> TYPES =
      List.of(
          new Type("light", List.of("on", "off")),
          new Type("lock", List.of("locked", "unlocked", "jammed")),
          new Type("thermostat", List.of("heating", "cooling", "idle")),
          new Type("turnstile", List.of("open", "closed")),
          new Type("water-fountain", List.of("ok", "filter-due", "empty")));

  /// @param number of the report, from 0
  public List<DeviceState> report(long number) {
    RandomGenerator random = seed.split(number).random();
    return IntStream.range(0, 1 + random.nextInt(MAX_DEVICES)).mapToObj(_ -> one(random)).toList();
  }

  private static DeviceState one(RandomGenerator random) {
    Type type = TYPES.get(random.nextInt(TYPES.size()));
    return new DeviceState(type.name(), type.states().get(random.nextInt(type.states().size())));
  }
}
