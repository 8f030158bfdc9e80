package io.gympulse.cloud.aws.dynamo;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The one place where DynamoDB is called: behind a circuit breaker, every failure as
/// [StoreUnavailableException].
///
/// The client retries (see [DynamoClients]); what fails here has been tried several times. The
/// breaker counts failures that say that the service cannot answer: throttling, its own errors, no
/// connection, no answer in time. Open, it refuses calls at once; then it lets one through, and
/// closes if that succeeds. Safe for any number of threads.
public final class Calls {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final DynamoDbClient client;
  private final CircuitBreaker<Object> breaker;
  private final FailsafeExecutor<Object> guarded;
  private final FailsafeExecutor<Boolean> repeated;

  public Calls(DynamoDbClient client, CallPolicy policy) {
    this.client = client;
    this.breaker =
        CircuitBreaker.builder()
            .handleIf(Calls::saysThatItCannotAnswer)
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
  /// @throws ConditionalCheckFailedException if a condition did not hold
  /// @throws TransactionCanceledException if a transaction was refused
  <T> T call(Function<DynamoDbClient, T> call) {
    try {
      return guarded.get(() -> call.apply(client));
    } catch (CircuitBreakerOpenException e) {
      throw new StoreUnavailableException(
          "DynamoDB did not answer lately; it is asked again in %d ms"
              .formatted(breaker.getRemainingDelay().toMillis()),
          e);
    } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
      throw e;
    } catch (SdkException e) {
      throw new StoreUnavailableException("DynamoDB: " + e.getMessage(), e);
    }
  }

  /// @return whether the condition held
  boolean callIf(Function<DynamoDbClient, ?> call) {
    try {
      call(call);
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  /// Does a part of the work again and again, with delays as between attempts, until it says that
  /// nothing is left.
  ///
  /// @throws StoreUnavailableException if something is left after the last attempt
  void repeat(BooleanSupplier part) {
    if (!tryRepeatedly(part)) {
      throw new StoreUnavailableException("DynamoDB left a part of the work undone", null);
    }
  }

  /// As [#repeat].
  ///
  /// @return whether nothing is left
  boolean tryRepeatedly(BooleanSupplier part) {
    return repeated.get(part::getAsBoolean);
  }

  /// What the breaker is in: `CLOSED`, `OPEN` or `HALF_OPEN`.
  public CircuitBreaker.State state() {
    return breaker.getState();
  }

  private static boolean saysThatItCannotAnswer(Throwable failure) {
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
