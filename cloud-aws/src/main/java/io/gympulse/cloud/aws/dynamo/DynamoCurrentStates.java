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
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/// An item per machine. What is kept is read in one go; only what the claims change is written, if
/// nobody else wrote meanwhile. The table's stream is the feed.
final class DynamoCurrentStates implements CurrentStates {
  private static final int MOST_RACES = 20;

  private final String table;
  private final Calls calls;
  private final Reading reading;
  private final Parallel parallel;

  DynamoCurrentStates(Connection connection) {
    this.table = connection.tables().name(Tables.CURRENT_STATE);
    this.calls = connection.calls();
    this.reading = connection.reading();
    this.parallel = connection.parallel();
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

  /// As it was a moment ago, at half the price. What has become newer since is found out by its
  /// version when it is written; and a claim that adds nothing to an older state adds nothing to
  /// what that was joined with since.
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

  /// @return the new state, if watchers can tell
  private Optional<CurrentState> offer(CurrentState claim, Optional<CurrentStateItem> read) {
    Optional<CurrentStateItem> kept = read;
    for (int race = 0; race < MOST_RACES; race++) {
      CurrentState next = kept.map(it -> it.state().join(claim)).orElse(claim);
      if (kept.isPresent() && kept.get().state().equals(next)) {
        return Optional.empty();
      }
      if (put(next, kept)) {
        return kept.isPresent() && kept.get().state().looksLike(next)
            ? Optional.empty()
            : Optional.of(next);
      }
      kept = item(claim.machine());
    }
    throw new StoreUnavailableException(
        "the state of machine '%s' is written too often at once".formatted(claim.machine()), null);
  }

  private boolean put(CurrentState next, Optional<CurrentStateItem> kept) {
    long version = kept.map(CurrentStateItem::version).orElse(0L);
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(new CurrentStateItem(next, version + 1).attributes())
            .expressionAttributeNames(Map.of("#version", "version"));
    if (version == 0) {
      put.conditionExpression("attribute_not_exists(#version)");
    } else {
      put.conditionExpression("#version = :version")
          .expressionAttributeValues(
              Map.of(":version", AttributeValue.fromN(Long.toString(version))));
    }
    return calls.callIf(client -> client.putItem(put.build()));
  }

  private Optional<CurrentStateItem> item(MachineId machine) {
    return reading.get(table, CurrentStateItem.key(machine)).map(CurrentStateItem::of);
  }

  @Override
  public Optional<CurrentState> find(MachineId machine) {
    return item(machine).map(CurrentStateItem::state);
  }

  /// The index follows the table by a moment: a machine that moved is looked at again.
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
