package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.floorplan.FloorPlans;
import io.gympulse.cloud.core.floorplan.FloorPlans.RegisteredMachine;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.contract.floorplan.FloorPlanFile;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// An item per gym with its plan, beside the [FloorPlanClaims] that keep ids unique and the items
/// that the API reads ([BranchProjection]). Reads are cached and may be stale by [#STALENESS].
///
/// The plan's claims are written first, then the plan by compare-and-set of its version; then
/// claims that it no longer needs are released, and the projection is written. A process that dies
/// between two of these writes may leave claims without a plan, by which no machine is located, and
/// queries that return the earlier plan: registering or removing the plan again completes both.
///
/// If several processes write a gym's plan at the same time, the last stored version wins. Each
/// process reads the plan again after its last write, and repeats what follows from the plan if it
/// is not its own: once all have returned, claims and projection are those of the stored plan.
/// After the death of one of them they may be those of several plans, until the plan is registered
/// again.
final class DynamoFloorPlans implements FloorPlans {
  /// The maximum age of a cached read.
  static final Duration STALENESS = Duration.ofSeconds(30);

  private static final int MAX_ATTEMPTS = 10;

  private final String table;
  private final DynamoContext context;
  private final FloorPlanClaims claims;
  private final BranchProjection projection;
  private final ReadCache<GymId, Optional<Kept>> plans;
  private final ReadCache<MachineId, Optional<GymId>> owners;
  private final ReadCache<String, List<FloorPlan>> all;

  /// @param version counts the writes of the item, from 1
  private record Kept(FloorPlan plan, long version) {
    static Kept of(Item item) {
      try {
        return new Kept(
            FloorPlanFile.parse(item.text("plan"), "in the store"), item.number("version"));
      } catch (FloorPlanException e) {
        throw new StoreUnavailableException("the store holds a damaged plan", e);
      }
    }
  }

  DynamoFloorPlans(DynamoContext context, InstantSource clock) {
    this.table = context.tables().name(Tables.FLOOR_PLANS);
    this.context = context;
    this.claims = new FloorPlanClaims(context);
    this.projection = new BranchProjection(context);
    this.plans = new ReadCache<>(clock, STALENESS);
    this.owners = new ReadCache<>(clock, STALENESS);
    this.all = new ReadCache<>(clock, STALENESS);
  }

  @Override
  public void register(FloorPlan plan) {
    retryOnConflict(plan.gym().id(), kept -> replaced(kept, plan));
  }

  @Override
  public boolean remove(GymId gym) {
    return retryOnConflict(gym, kept -> removed(gym, kept)).isPresent();
  }

  /// Repeats a change until it does not conflict with another writer of the gym's plan.
  ///
  /// @param change applied to the stored plan; returns false on a conflict
  /// @return the plan that was stored before the change
  private Optional<Kept> retryOnConflict(GymId gym, Predicate<Optional<Kept>> change) {
    try {
      Optional<Kept> kept = read(gym);
      for (int attempt = 1; !change.test(kept); attempt++) {
        if (attempt == MAX_ATTEMPTS) {
          throw tooMany(gym);
        }
        kept = read(gym);
      }
      return kept;
    } finally {
      plans.clear();
      owners.clear();
      all.clear();
    }
  }

  private boolean removed(GymId gym, Optional<Kept> kept) {
    if (kept.isPresent() && !deleted(gym, kept.get())) {
      return false;
    }
    follow(gym, Optional.empty(), claimed(kept));
    return true;
  }

  private boolean deleted(GymId gym, Kept kept) {
    DeleteItemRequest delete =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(key(gym))
            .conditionExpression("#version = :version")
            .expressionAttributeNames(Map.of("#version", "version"))
            .expressionAttributeValues(Item.build().number(":version", kept.version()).attributes())
            .build();
    return context.calls().callIf(client -> client.deleteItem(delete));
  }

  private boolean replaced(Optional<Kept> kept, FloorPlan next) {
    GymId gym = next.gym().id();
    Set<String> owned = claimed(kept);
    claims.take(gym, FloorPlanClaims.of(next), owned);
    long version = kept.map(Kept::version).orElse(0L);
    if (!put(next, version)) {
      return false;
    }
    follow(gym, Optional.of(new Kept(next, version + 1)), owned);
    DynamoUnregisteredMachines.adopted(context, next);
    return true;
  }

  /// Writes what follows from a stored plan, and from any later one that another process stored
  /// meanwhile: this process may have overwritten its places or released its claims.
  ///
  /// @param stored empty if the plan was removed
  /// @param owned the claims of the plan before it
  private void follow(GymId gym, Optional<Kept> stored, Set<String> owned) {
    Optional<Kept> next = stored;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Set<String> wanted = claimed(next);
      BranchProjection.Projected projected = projection.read(gym);
      Set<String> given = new HashSet<>(owned);
      given.addAll(projected.claims());
      given.removeAll(wanted);
      claims.release(gym, given);
      projection.write(projected, next.map(Kept::plan));
      Optional<Kept> latest = read(gym);
      if (latest.equals(next)) {
        return;
      }
      claims.take(gym, claimed(latest), wanted);
      next = latest;
    }
    throw tooMany(gym);
  }

  private static Set<String> claimed(Optional<Kept> kept) {
    return kept.map(it -> FloorPlanClaims.of(it.plan())).orElse(Set.of());
  }

  private static StoreUnavailableException tooMany(GymId gym) {
    return new StoreUnavailableException(
        "too many concurrent writes of the plan of gym '%s'".formatted(gym), null);
  }

  private boolean put(FloorPlan plan, long version) {
    Map<String, AttributeValue> item =
        Item.build()
            .text("gym", plan.gym().id().value())
            .text("plan", FloorPlanFile.write(plan))
            .number("version", version + 1)
            .attributes();
    return context.calls().putIfVersion(table, item, version);
  }

  private Optional<Kept> read(GymId gym) {
    return context.reading().get(table, key(gym)).map(Kept::of);
  }

  private static Map<String, AttributeValue> key(GymId gym) {
    return Item.build().text("gym", gym.value()).attributes();
  }

  /// The gym that owns the machine, cached.
  Optional<GymId> owner(MachineId machine) {
    return owners.get(machine, claims::owner);
  }

  @Override
  public Optional<RegisteredMachine> locate(MachineId machine) {
    return owner(machine)
        .flatMap(this::find)
        .flatMap(
            plan ->
                plan.machines().stream()
                    .filter(it -> it.id().equals(machine))
                    .findFirst()
                    .map(it -> new RegisteredMachine(plan.address(), it)));
  }

  @Override
  public Optional<FloorPlan> find(GymId gym) {
    return plans.get(gym, this::read).map(Kept::plan);
  }

  @Override
  public List<FloorPlan> all() {
    return all.get("", _ -> scan());
  }

  private List<FloorPlan> scan() {
    List<FloorPlan> found = new ArrayList<>();
    context
        .reading()
        .scan(
            ScanRequest.builder().tableName(table).consistentRead(true).build(),
            it -> found.add(Kept.of(it).plan()));
    found.sort(Comparator.comparing(it -> it.gym().id()));
    return List.copyOf(found);
  }
}
