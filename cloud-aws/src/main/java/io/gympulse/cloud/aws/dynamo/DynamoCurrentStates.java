package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.current.CurrentState;
import io.gympulse.cloud.core.current.CurrentStates;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// The states of the [CurrentStateItem]s. Stored states are read in one batch; only changed ones
/// are written, conditional on the version that was read. The table's stream is the feed.
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
    Map<CurrentState.Key, CurrentStateItem> kept = read(joined);
    ConcurrentLinkedQueue<CurrentState> visible = new ConcurrentLinkedQueue<>();
    parallel.forEach(
        joined,
        claim -> offer(claim, Optional.ofNullable(kept.get(claim.key()))).ifPresent(visible::add));
    return List.copyOf(visible);
  }

  /// Eventually consistent, at half the price. A state that became newer since is detected by its
  /// version when it is written; and a claim that does not change an older state does not change
  /// any state joined from it.
  private Map<CurrentState.Key, CurrentStateItem> read(List<CurrentState> claims) {
    var keys = claims.stream().map(it -> CurrentStateItem.attributes(it.key())).toList();
    return reading.get(table, keys, false).stream()
        .map(CurrentStateItem::of)
        .collect(Collectors.toMap(CurrentStateItem::key, Function.identity()));
  }

  /// @return the new state, if the change is visible
  private Optional<CurrentState> offer(CurrentState claim, Optional<CurrentStateItem> read) {
    Optional<CurrentStateItem> kept = read;
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<CurrentState> stored = kept.flatMap(CurrentStateItem::state);
      CurrentState next = stored.map(it -> it.join(claim)).orElse(claim);
      if (stored.equals(Optional.of(next))) {
        return Optional.empty();
      }
      UpdateItemRequest update =
          CurrentStateItem.store(table, next, kept.map(CurrentStateItem::version).orElse(0L));
      if (calls.callIf(client -> client.updateItem(update))) {
        return stored.filter(next::visiblyEquals).isPresent()
            ? Optional.empty()
            : Optional.of(next);
      }
      kept = item(claim.key()).map(CurrentStateItem::of);
    }
    throw new StoreUnavailableException(
        "too many concurrent writes of the state of machine '%s'".formatted(claim.machine()), null);
  }

  private Optional<Item> item(CurrentState.Key key) {
    return reading.get(table, CurrentStateItem.attributes(key));
  }

  @Override
  public Optional<CurrentState> find(GymId gym, MachineId machine) {
    return item(new CurrentState.Key(gym, machine)).flatMap(CurrentStateItem::state);
  }
}
