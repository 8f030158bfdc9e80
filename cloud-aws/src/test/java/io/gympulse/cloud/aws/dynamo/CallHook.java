package io.gympulse.cloud.aws.dynamo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/// Records a client's calls, and runs an action before each: to let the call fail, or to do
/// something else first. Safe for any number of threads.
final class CallHook implements ExecutionInterceptor {
  private final ConcurrentLinkedQueue<SdkRequest> requests = new ConcurrentLinkedQueue<>();
  private final Consumer<SdkRequest> before;

  private CallHook(Consumer<SdkRequest> before) {
    this.before = before;
  }

  static CallHook recording() {
    return new CallHook(_ -> {});
  }

  static CallHook beforeWrites(Runnable action) {
    return new CallHook(
        request -> {
          if (isWrite(request)) {
            action.run();
          }
        });
  }

  private static boolean isWrite(SdkRequest request) {
    return request instanceof PutItemRequest
        || request instanceof UpdateItemRequest
        || request instanceof DeleteItemRequest
        || request instanceof TransactWriteItemsRequest;
  }

  DynamoDbClient client() {
    return LocalDynamo.builder(LocalDynamo.POLICY)
        .overrideConfiguration(it -> it.addExecutionInterceptor(this))
        .build();
  }

  /// The requests since the last call of this method.
  List<SdkRequest> next() {
    List<SdkRequest> next = new ArrayList<>();
    for (SdkRequest it = requests.poll(); it != null; it = requests.poll()) {
      next.add(it);
    }
    return next;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    before.accept(context.request());
    requests.add(context.request());
  }
}
