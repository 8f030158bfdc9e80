package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.floor.FloorPlans;
import io.gympulse.cloud.core.floor.MachinePlace;
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
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/// An item per gym with its plan, beside the [FloorClaims] that keep ids unique.
///
/// What is read may be older than what another process registered by [#STALENESS]. A process that
/// dies while it registers or removes may leave claims without a plan: nothing is located by them,
/// and registering the plan again completes it.
final class DynamoFloorPlans implements FloorPlans {
  /// How old an answer may be at most.
  static final Duration STALENESS = Duration.ofSeconds(30);

  private static final int MOST_RACES = 10;

  private final String table;
  private final Connection connection;
  private final FloorClaims claims;
  private final Remembered<GymId, Optional<Kept>> plans;
  private final Remembered<MachineId, Optional<GymId>> owners;
  private final Remembered<String, List<FloorPlan>> all;

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

  DynamoFloorPlans(Connection connection, InstantSource clock) {
    this.table = connection.tables().name(Tables.FLOOR_PLANS);
    this.connection = connection;
    this.claims = new FloorClaims(connection);
    this.plans = new Remembered<>(clock, STALENESS);
    this.owners = new Remembered<>(clock, STALENESS);
    this.all = new Remembered<>(clock, STALENESS);
  }

  @Override
  public void register(FloorPlan plan) {
    untilAlone(plan.gym().id(), kept -> replaced(kept, plan));
  }

  @Override
  public boolean remove(GymId gym) {
    return untilAlone(gym, kept -> kept.isEmpty() || removed(kept.get())).isPresent();
  }

  /// Repeats a change until nobody else changed the gym's plan meanwhile.
  ///
  /// @param change tells whether nobody did, given what was read
  /// @return what the last change began with
  private Optional<Kept> untilAlone(GymId gym, Predicate<Optional<Kept>> change) {
    try {
      Optional<Kept> kept = read(gym);
      for (int race = 1; !change.test(kept); race++) {
        if (race == MOST_RACES) {
          throw new StoreUnavailableException(
              "the plan of gym '%s' is written too often at once".formatted(gym), null);
        }
        kept = read(gym);
      }
      return kept;
    } finally {
      plans.forget();
      owners.forget();
      all.forget();
    }
  }

  private boolean removed(Kept kept) {
    GymId gym = kept.plan().gym().id();
    DeleteItemRequest delete =
        DeleteItemRequest.builder()
            .tableName(table)
            .key(key(gym))
            .conditionExpression("#version = :version")
            .expressionAttributeNames(Map.of("#version", "version"))
            .expressionAttributeValues(Item.build().number(":version", kept.version()).attributes())
            .build();
    if (!connection.calls().callIf(client -> client.deleteItem(delete))) {
      return false;
    }
    claims.release(gym, FloorClaims.of(kept.plan()));
    return true;
  }

  private boolean replaced(Optional<Kept> kept, FloorPlan next) {
    GymId gym = next.gym().id();
    Set<String> owned = kept.map(it -> FloorClaims.of(it.plan())).orElse(Set.of());
    Set<String> wanted = FloorClaims.of(next);
    claims.take(gym, wanted, owned);
    if (!put(next, kept.map(Kept::version).orElse(0L))) {
      return false;
    }
    Set<String> given = new HashSet<>(owned);
    given.removeAll(wanted);
    claims.release(gym, given);
    DynamoUnregisteredMachines.adopted(connection, next);
    return true;
  }

  private boolean put(FloorPlan plan, long version) {
    Map<String, AttributeValue> item =
        Item.build()
            .text("gym", plan.gym().id().value())
            .text("plan", FloorPlanFile.write(plan))
            .number("version", version + 1)
            .attributes();
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .expressionAttributeNames(Map.of("#version", "version"));
    if (version == 0) {
      put.conditionExpression("attribute_not_exists(#version)");
    } else {
      put.conditionExpression("#version = :version")
          .expressionAttributeValues(Item.build().number(":version", version).attributes());
    }
    return connection.calls().callIf(client -> client.putItem(put.build()));
  }

  private Optional<Kept> read(GymId gym) {
    return connection.reading().get(table, key(gym)).map(Kept::of);
  }

  private static Map<String, AttributeValue> key(GymId gym) {
    return Item.build().text("gym", gym.value()).attributes();
  }

  @Override
  public Optional<MachinePlace> locate(MachineId machine) {
    return owners
        .get(machine, claims::owner)
        .flatMap(this::find)
        .flatMap(
            plan ->
                plan.machines().stream()
                    .filter(it -> it.id().equals(machine))
                    .findFirst()
                    .map(it -> new MachinePlace(plan.address(), it)));
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
    connection
        .reading()
        .scan(
            ScanRequest.builder().tableName(table).consistentRead(true).build(),
            it -> found.add(Kept.of(it).plan()));
    found.sort(Comparator.comparing(it -> it.gym().id()));
    return List.copyOf(found);
  }
}
