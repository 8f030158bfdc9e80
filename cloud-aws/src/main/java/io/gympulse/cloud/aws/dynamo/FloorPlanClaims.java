package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.floorplan.FloorPlans.PlanConflictException;
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

/// The gym that owns a machine or a gateway: an item per id, so that two gyms cannot own the same.
/// Written before a plan that needs it and removed after a plan that does not.
final class FloorPlanClaims {
  private static final int MOST_PER_TRANSACTION = 100;

  private final String table;
  private final DynamoContext context;

  FloorPlanClaims(DynamoContext context) {
    this.table = context.tables().name(Tables.FLOOR_CLAIMS);
    this.context = context;
  }

  /// A plan's claims: `gateway/<id>` and `machine/<id>`.
  static Set<String> of(FloorPlan plan) {
    Set<String> claims = new LinkedHashSet<>();
    claims.add(name(plan.gateway()));
    plan.machines().forEach(it -> claims.add(name(it.id())));
    return claims;
  }

  static String name(GatewayId gateway) {
    return "gateway/" + gateway;
  }

  static String name(MachineId machine) {
    return "machine/" + machine;
  }

  Optional<GymId> owner(MachineId machine) {
    return context.reading().get(table, key(name(machine))).map(it -> new GymId(it.text("gym")));
  }

  /// Assigns the ids to the gym; those that it owns already are kept.
  ///
  /// @param known the ids that the gym owned before, and keeps on a conflict
  /// @throws PlanConflictException if another gym owns one; new claims are released then
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
    context.calls().repeat(() -> written(gym, claims, request));
  }

  /// @return false if it conflicted with another transaction
  private boolean written(GymId gym, List<String> claims, TransactWriteItemsRequest request) {
    try {
      context.calls().call(client -> client.transactWriteItems(request));
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

  /// The reasons are in the order of the writes.
  private static Optional<PlanConflictException> refusal(
      GymId gym, List<String> claims, TransactionCanceledException canceled) {
    List<CancellationReason> reasons = canceled.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      if (DynamoCalls.CONDITION_FAILED.equals(reasons.get(i).code())) {
        String[] claim = claims.get(i).split("/", 2);
        return Optional.of(
            new PlanConflictException(
                "%s '%s' is on the floor plans of both '%s' and '%s'"
                    .formatted(
                        claim[0], claim[1], new Item(reasons.get(i).item()).text("gym"), gym)));
      }
    }
    return Optional.empty();
  }

  /// Releases those that the gym owns.
  void release(GymId gym, Collection<String> claims) {
    context
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
              context.calls().callIf(client -> client.deleteItem(delete));
            });
  }

  private static Map<String, AttributeValue> key(String claim) {
    return Item.build().text("claim", claim).attributes();
  }
}
