package io.gympulse.cloud.aws.dynamo;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// Writes that happen together or not at all. Transactions that meet on an item are tried again.
final class Transactions {
  private static final String REFUSED = "ConditionalCheckFailed";

  private final Calls calls;

  Transactions(Calls calls) {
    this.calls = calls;
  }

  private enum Outcome {
    DONE,
    REFUSED,
    MET
  }

  /// @return whether every condition held
  boolean write(List<TransactWriteItem> writes) {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder().transactItems(writes).build();
    Outcome[] outcome = {Outcome.MET};
    calls.repeat(
        () -> {
          outcome[0] = once(request);
          return outcome[0] != Outcome.MET;
        });
    return outcome[0] == Outcome.DONE;
  }

  private Outcome once(TransactWriteItemsRequest request) {
    try {
      calls.call(client -> client.transactWriteItems(request));
      return Outcome.DONE;
    } catch (TransactionCanceledException e) {
      boolean refused =
          e.cancellationReasons().stream().map(CancellationReason::code).anyMatch(REFUSED::equals);
      return refused ? Outcome.REFUSED : Outcome.MET;
    }
  }
}
