package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// An item per machine. Stored states are read in one batch; only changed ones are written,
/// conditional on the version that was read. The table's stream is the feed.
final class DynamoCurrentStates implements CurrentStates {
  private static final int MAX_ATTEMPTS = 20;

  private final String table;
  private final DynamoCalls calls;
  private final ItemReader reading;
  private final DynamoContext.Parallel parallel;

  DynamoCurrentStates(DynamoContext context) {
    this.table = context.tables().name(Tables.CURRENT_STATE);
    this.calls = context.calls();
    this.reading = context.reading();
    this.parallel = context.parallel();
  }

  @Override
  public List<CurrentState> offer(Collection<CurrentState> claims) {
    List<CurrentState> joined = CurrentState.joined(claims);
    Map<MachineId, CurrentStateItem> kept = read(joined);
    ConcurrentLinkedQueue<CurrentState> visible = new ConcurrentLinkedQueue<>();
    parallel.forEach(
        joined,
        claim ->
            offer(claim, Optional.ofNullable(kept.get(claim.machine()))).ifPresent(visible::add));
    return List.copyOf(visible);
  }

  /// Eventually consistent, at half the price. A state that became newer since is detected by its
  /// version when it is written; and a claim that does not change an older state does not change
  /// any state joined from it.
  private Map<MachineId, CurrentStateItem> read(List<CurrentState> claims) {
    return items(claims.stream().map(CurrentState::machine).toList(), false).stream()
        .collect(Collectors.toMap(it -> it.state().machine(), Function.identity()));
  }

  private List<CurrentStateItem> items(List<MachineId> machines, boolean consistent) {
    return reading
        .get(table, machines.stream().map(CurrentStateItem::key).toList(), consistent)
        .stream()
        .map(CurrentStateItem::of)
        .toList();
  }

  /// @return the new state, if the change is visible
  private Optional<CurrentState> offer(CurrentState claim, Optional<CurrentStateItem> read) {
    Optional<CurrentStateItem> kept = read;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      CurrentState next = kept.map(it -> it.state().join(claim)).orElse(claim);
      if (kept.isPresent() && kept.get().state().equals(next)) {
        return Optional.empty();
      }
      if (put(next, kept)) {
        return kept.isPresent() && kept.get().state().visiblyEquals(next)
            ? Optional.empty()
            : Optional.of(next);
      }
      kept = item(claim.machine());
    }
    throw new StoreUnavailableException(
        "too many concurrent writes of the state of machine '%s'".formatted(claim.machine()), null);
  }

  private boolean put(CurrentState next, Optional<CurrentStateItem> kept) {
    long version = kept.map(CurrentStateItem::version).orElse(0L);
    return calls.putIfVersion(table, new CurrentStateItem(next, version + 1).attributes(), version);
  }

  private Optional<CurrentStateItem> item(MachineId machine) {
    return reading.get(table, CurrentStateItem.key(machine)).map(CurrentStateItem::of);
  }

  @Override
  public Optional<CurrentState> find(MachineId machine) {
    return item(machine).map(CurrentStateItem::state);
  }

  /// The index is eventually consistent: the gym is checked again in the table's items.
  @Override
  public List<CurrentState> ofGym(GymId gym) {
    QueryRequest ofGym =
        QueryRequest.builder()
            .tableName(table)
            .indexName(Tables.CURRENT_STATE.indexes().getFirst().name())
            .keyConditionExpression("gym = :gym")
            .expressionAttributeValues(Item.build().text(":gym", gym.value()).attributes())
            .build();
    List<MachineId> machines = new ArrayList<>();
    reading.query(ofGym).forEach(it -> machines.add(new MachineId(it.text("machine"))));
    return items(machines, true).stream()
        .map(CurrentStateItem::state)
        .filter(it -> it.gym().equals(gym))
        .sorted(Comparator.comparing(CurrentState::machine))
        .toList();
  }
}
