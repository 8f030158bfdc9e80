package io.gympulse.cloud.api;

import io.gympulse.cloud.core.aggregate.CategoryBin;
import io.gympulse.cloud.core.aggregate.CategoryBin.BinKey;
import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.gateway.Gateway;
import io.gympulse.cloud.core.gateway.Gateway.GatewayPresence;
import io.gympulse.cloud.core.gateway.GatewayHealths.ReceivedHealth;
import io.gympulse.cloud.core.memory.InMemoryCloudStore;
import io.gympulse.cloud.core.query.AggregateQueries;
import io.gympulse.cloud.core.query.BranchQueries;
import io.gympulse.cloud.core.query.CloudQueries;
import io.gympulse.cloud.core.query.ForecastQueries;
import io.gympulse.cloud.core.query.GatewayQueries;
import io.gympulse.cloud.core.query.MachineQueries;
import io.gympulse.cloud.core.store.CloudStore;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.UnknownReason;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.Gym;
import io.gympulse.contract.floorplan.Machine;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.message.StatusReport;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Two gyms in an in-memory store, which tests can change.
public final class SampleGyms implements CloudQueries {
  public static final Instant NOW = Instant.parse("2026-03-02T17:00:00Z");

  private final CloudStore store = new InMemoryCloudStore();
  private volatile Optional<String> unavailable = Optional.empty();

  public SampleGyms() {
    this(
        List.of(
            plan("downtown", "Downtown", "Europe/Berlin", Map.of("bike", 3, "treadmill", 4)),
            plan("riverside", "Riverside", "Europe/London", Map.of("bike", 2))));
  }

  private SampleGyms(List<FloorPlan> plans) {
    plans.forEach(store.floorPlans()::register);
  }

  /// As many machines as real gyms have.
  public static SampleGyms large() {
    return new SampleGyms(
        List.of(
            plan(
                "downtown",
                "Downtown",
                "Europe/Berlin",
                Map.of("bike", 5, "treadmill", 6, "rowing-machine", 3, "squat-rack", 4)),
            plan(
                "riverside",
                "Riverside",
                "Europe/Berlin",
                Map.of("bike", 4, "treadmill", 4, "bench", 5))));
  }

  /// Makes every read throw [StoreUnavailableException] until [#makeAvailable].
  public void makeUnavailable(String reason) {
    unavailable = Optional.of(reason);
  }

  public void makeAvailable() {
    unavailable = Optional.empty();
  }

  /// Sets a machine's state, `since` five minutes before [#NOW].
  public CurrentState set(String machine, MachineStatus status, Optional<UnknownReason> reason) {
    FloorPlan plan = planOf(new MachineId(machine));
    return set(
        plan,
        plan.machine(new MachineId(machine)).orElseThrow(),
        status,
        reason,
        NOW.minusSeconds(300),
        NOW);
  }

  public CurrentState set(
      FloorPlan plan,
      Machine machine,
      MachineStatus status,
      Optional<UnknownReason> reason,
      Instant since,
      Instant asOf) {
    CurrentState state =
        new CurrentState(
            machine.id(), plan.gym().id(), machine.category(), status, reason, since, asOf, 1);
    store.current().offer(state);
    return state;
  }

  /// Stores a machine's own report, in whole seconds.
  public void report(String gym, String machine, MachineStatus status, Instant at) {
    store.events().store(new StatusReport(new GymId(gym), new MachineId(machine), status, at));
  }

  public void aggregate(CategoryBin bin) {
    BinKey key = bin.key();
    store.aggregates().replace(store.aggregates().find(key, key.window().start()), bin);
  }

  /// Sets the presence of a gym's gateway, last heard 40 s before [#NOW].
  public GatewayPresence setPresence(String gym, boolean online) {
    FloorPlan plan = store.floorPlans().find(new GymId(gym)).orElseThrow();
    return setPresence(plan, online, NOW.minusSeconds(3600), NOW.minusSeconds(40));
  }

  public GatewayPresence setPresence(
      FloorPlan plan, boolean online, Instant since, Instant lastHeardAt) {
    GatewayPresence presence = new GatewayPresence(plan.address(), online, since, lastHeardAt, 0);
    store.gateways().replace(store.gateways().find(plan.gateway()), Gateway.of(presence));
    return presence;
  }

  @Override
  public BranchQueries branches() {
    return checked(BranchQueries.class, store.queries().branches());
  }

  @Override
  public MachineQueries machines() {
    return checked(MachineQueries.class, store.queries().machines());
  }

  @Override
  public AggregateQueries aggregates() {
    return checked(AggregateQueries.class, store.queries().aggregates());
  }

  @Override
  public GatewayQueries gateways() {
    return checked(GatewayQueries.class, store.queries().gateways());
  }

  public void setHealth(ReceivedHealth health) {
    store.healths().offer(health);
  }

  @Override
  public ForecastQueries forecasts() {
    return checked(ForecastQueries.class, store.queries().forecasts());
  }

  public void putModel(String gym, String category, CategoryModel model) {
    store.forecasts().put(new GymId(gym), new CategoryId(category), model);
  }

  /// The same queries, which fail while the store is unavailable.
  private <T> T checked(Class<T> port, T queries) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              check();
              return method.invoke(queries, arguments);
            }));
  }

  public List<FloorPlan> floorPlans() {
    return store.floorPlans().all();
  }

  public GatewayPresence presence(FloorPlan plan) {
    return store.gateways().find(plan.gateway()).flatMap(Gateway::presence).orElseThrow();
  }

  private void check() {
    unavailable.ifPresent(
        why -> {
          throw new StoreUnavailableException(why, null);
        });
  }

  private FloorPlan planOf(MachineId machine) {
    return store.floorPlans().all().stream()
        .filter(it -> it.machine(machine).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static FloorPlan plan(
      String gym, String name, String zone, Map<String, Integer> categories) {
    List<Machine> machines = new ArrayList<>();
    categories.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> {
              for (int i = 1; i <= entry.getValue(); i++) {
                machines.add(machine(gym, entry.getKey(), i));
              }
            });
    return new FloorPlan(
        new Gym(new GymId(gym), name, 52.5, 13.4, ZoneId.of(zone)),
        new GatewayId(gym + "-gateway"),
        machines);
  }

  private static Machine machine(String gym, String category, int number) {
    String title =
        category.substring(0, 1).toUpperCase(Locale.ROOT) + category.substring(1).replace('-', ' ');
    return new Machine(
        new MachineId(gym + "-" + category + "-" + number),
        new CategoryId(category),
        title + " " + number,
        number * 2.0,
        1.5,
        List.of());
  }
}
