package io.gympulse.cloud.aws.dynamo;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The only class that calls DynamoDB: behind a circuit breaker, with every failure as a
/// [StoreUnavailableException].
///
/// The client retries (see [DynamoClients]), so a call that fails here has been tried several
/// times. The breaker counts failures of the service: throttling, server errors, no connection, no
/// response in time. While open, it rejects calls at once; then it lets one through, and closes if
/// that succeeds. Safe for any number of threads.
public final class DynamoCalls {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /// The code of a cancellation reason: a condition of the transaction was not met.
  static final String CONDITION_FAILED = "ConditionalCheckFailed";

  private final DynamoDbClient client;
  private final CircuitBreaker<Object> breaker;
  private final FailsafeExecutor<Object> guarded;
  private final FailsafeExecutor<Boolean> repeated;

  public DynamoCalls(DynamoDbClient client, CallPolicy policy) {
    this.client = client;
    this.breaker =
        CircuitBreaker.builder()
            .handleIf(DynamoCalls::isServiceFailure)
            .withFailureThreshold(policy.failures(), policy.window())
            .withSuccessThreshold(1)
            .withDelay(policy.openFor())
            .build();
    this.guarded = Failsafe.with(breaker);
    BackoffStrategy delays =
        BackoffStrategy.exponentialDelay(policy.firstDelay(), policy.longestDelay());
    this.repeated =
        Failsafe.with(
            RetryPolicy.<Boolean>builder()
                .handleResult(false)
                .abortOn(RuntimeException.class)
                .withMaxAttempts(policy.attempts())
                .withDelayFn(it -> delays.computeDelay(Math.max(1, it.getAttemptCount())))
                .build());
  }

  /// @throws StoreUnavailableException if it failed, or the breaker is open
  /// @throws ConditionalCheckFailedException if a condition was not met
  /// @throws TransactionCanceledException if a transaction was canceled
  <T> T call(Function<DynamoDbClient, T> call) {
    try {
      return guarded.get(() -> call.apply(client));
    } catch (CircuitBreakerOpenException e) {
      throw new StoreUnavailableException(
          "DynamoDB did not respond lately; the next call is in %d ms"
              .formatted(breaker.getRemainingDelay().toMillis()),
          e);
    } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
      throw e;
    } catch (SdkException e) {
      throw new StoreUnavailableException("DynamoDB: " + e.getMessage(), e);
    }
  }

  /// @return whether the condition was met
  boolean callIf(Function<DynamoDbClient, ?> call) {
    try {
      call(call);
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /// Compare-and-set of an item by its attribute `version`.
  ///
  /// @param expected the stored version; 0 if no item is stored
  /// @return whether it was, and the item is stored
  boolean putIfVersion(String table, Map<String, AttributeValue> item, long expected) {
    PutItemRequest.Builder put =
        PutItemRequest.builder()
            .tableName(table)
            .item(item)
            .expressionAttributeNames(Map.of("#version", "version"));
    if (expected == 0) {
      put.conditionExpression("attribute_not_exists(#version)");
    } else {
      put.conditionExpression("#version = :version")
          .expressionAttributeValues(Item.build().number(":version", expected).attributes());
    }
    return callIf(it -> it.putItem(put.build()));
  }

  /// Writes all items or none. A transaction that conflicts with another one is retried.
  ///
  /// @return whether every condition was met
  boolean transact(List<TransactWriteItem> writes) {
    TransactWriteItemsRequest request =
        TransactWriteItemsRequest.builder().transactItems(writes).build();
    boolean[] written = new boolean[1];
    repeat(
        () -> {
          try {
            call(it -> it.transactWriteItems(request));
            written[0] = true;
            return true;
          } catch (TransactionCanceledException e) {
            return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .anyMatch(CONDITION_FAILED::equals);
          }
        });
    return written[0];
  }

  /// Repeats an operation, with delays as between attempts, until it returns true.
  ///
  /// @param part returns whether no work is left
  /// @throws StoreUnavailableException if work is left after the last attempt
  void repeat(BooleanSupplier part) {
    if (!tryRepeatedly(part)) {
      throw new StoreUnavailableException("DynamoDB did not process the whole request", null);
    }
  }

  /// As [#repeat].
  ///
  /// @return whether no work is left
  boolean tryRepeatedly(BooleanSupplier part) {
    return repeated.get(part::getAsBoolean);
  }

  /// The breaker's state: `CLOSED`, `OPEN` or `HALF_OPEN`.
  public CircuitBreaker.State state() {
    return breaker.getState();
  }

  private static boolean isServiceFailure(Throwable failure) {
    return switch (failure) {
      case SdkServiceException it ->
          it.isThrottlingException()
              || it.statusCode() == TOO_MANY_REQUESTS
              || it.statusCode() >= SERVER_ERROR;
      case SdkClientException _ -> true;
      default -> false;
    };
  }
}
