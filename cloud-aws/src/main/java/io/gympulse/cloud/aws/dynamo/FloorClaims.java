package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.floor.PlanConflictException;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Which gym owns a machine or a gateway: an item per id, so that two gyms cannot own one. Written
/// before the plan that needs it and removed after the plan that does not.
final class FloorClaims {
  private static final int MOST_PER_TRANSACTION = 100;
  private static final String REFUSED = "ConditionalCheckFailed";

  private final String table;
  private final Connection connection;

  FloorClaims(Connection connection) {
    this.table = connection.tables().name(Tables.FLOOR_CLAIMS);
    this.connection = connection;
  }

  /// A plan's claims: `gateway/<id>` and `machine/<id>`.
  static Set<String> of(FloorPlan plan) {
    Set<String> claims = new LinkedHashSet<>();
    claims.add(name(plan.gateway()));
    plan.machines().forEach(it -> claims.add(name(it.id())));
    return claims;
  }

  private static String name(GatewayId gateway) {
    return "gateway/" + gateway;
  }

  private static String name(MachineId machine) {
    return "machine/" + machine;
  }

  Optional<GymId> owner(MachineId machine) {
    return connection.reading().get(table, key(name(machine))).map(it -> new GymId(it.text("gym")));
  }

  /// Makes all of them the gym's; those it has already stay.
  ///
  /// @param known what the gym is known to own and keeps if others are refused
  /// @throws PlanConflictException if another gym owns one; what was made the gym's is undone
  void take(GymId gym, Set<String> claims, Set<String> known) {
    List<String> all = List.copyOf(claims);
    List<String> taken = new ArrayList<>();
    for (int from = 0; from < all.size(); from += MOST_PER_TRANSACTION) {
      List<String> part = all.subList(from, Math.min(all.size(), from + MOST_PER_TRANSACTION));
      try {
        transact(gym, part);
      } catch (PlanConflictException e) {
        taken.removeAll(known);
        release(gym, taken);
        throw e;
      }
      taken.addAll(part);
    }
  }

  private void transact(GymId gym, List<String> claims) {
    List<TransactWriteItem> puts = claims.stream().map(it -> put(gym, it)).toList();
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder().transactItems(puts).build();
    connection.calls().repeat(() -> written(gym, claims, request));
  }

  /// @return false if it met another transaction
  private boolean written(GymId gym, List<String> claims, TransactWriteItemsRequest request) {
    try {
      connection.calls().call(client -> client.transactWriteItems(request));
      return true;
    } catch (TransactionCanceledException e) {
      refusal(gym, claims, e)
          .ifPresent(
              it -> {
                throw it;
              });
      return false;
    }
  }

  private TransactWriteItem put(GymId gym, String claim) {
    return TransactWriteItem.builder()
        .put(
            it ->
                it.tableName(table)
                    .item(Item.build().text("claim", claim).text("gym", gym.value()).attributes())
                    .conditionExpression("attribute_not_exists(claim) OR gym = :gym")
                    .expressionAttributeValues(Item.build().text(":gym", gym.value()).attributes())
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }

  /// Reasons come in the order of the writes.
  private static Optional<PlanConflictException> refusal(
      GymId gym, List<String> claims, TransactionCanceledException canceled) {
    List<CancellationReason> reasons = canceled.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      if (REFUSED.equals(reasons.get(i).code())) {
        String[] claim = claims.get(i).split("/", 2);
        return Optional.of(
            new PlanConflictException(
                "%s '%s' stands on the floor plans of both '%s' and '%s'"
                    .formatted(
                        claim[0], claim[1], new Item(reasons.get(i).item()).text("gym"), gym)));
      }
    }
    return Optional.empty();
  }

  /// Gives up those that the gym owns.
  void release(GymId gym, Collection<String> claims) {
    connection
        .parallel()
        .forEach(
            claims,
            claim -> {
              DeleteItemRequest delete =
                  DeleteItemRequest.builder()
                      .tableName(table)
                      .key(key(claim))
                      .conditionExpression("gym = :gym")
                      .expressionAttributeValues(
                          Item.build().text(":gym", gym.value()).attributes())
                      .build();
              connection.calls().callIf(client -> client.deleteItem(delete));
            });
  }

  private static Map<String, AttributeValue> key(String claim) {
    return Item.build().text("claim", claim).attributes();
  }
}
