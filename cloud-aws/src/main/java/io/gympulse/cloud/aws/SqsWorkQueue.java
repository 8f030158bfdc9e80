package io.gympulse.cloud.aws;

import io.gympulse.cloud.core.queue.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// Sends in batches of ten. The client retries failed calls. Messages that fail within a batch are
/// sent again up to twice, unless the failure is the sender's fault, and returned if they still
/// fail.
public final class SqsWorkQueue implements WorkQueue {
  private static final int MAX_ENTRIES = 10;
  private static final int MAX_CALL_BYTES = 256 * 1_024;
  private static final int ROUNDS = 3;

  private final SqsClient client;
  private final String queueUrl;

  /// @param client is not closed here
  public SqsWorkQueue(SqsClient client, String queueUrl) {
    this.client = client;
    this.queueUrl = queueUrl;
  }

  /// @param last whether a retry would fail again
  private record Failure(String reason, boolean last) {}

  @Override
  public List<Unsent> send(List<String> bodies) {
    Map<Integer, Failure> failures = new TreeMap<>();
    List<Integer> pending = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      pending.add(i);
    }
    for (int round = 0; round < ROUNDS && !pending.isEmpty(); round++) {
      pending.forEach(failures::remove);
      calls(bodies, pending).forEach(it -> failures.putAll(call(bodies, it)));
      pending =
          failures.entrySet().stream()
              .filter(it -> !it.getValue().last())
              .map(Map.Entry::getKey)
              .toList();
    }
    return failures.entrySet().stream()
        .map(it -> new Unsent(it.getKey(), it.getValue().reason()))
        .toList();
  }

  /// The messages of each call: at most ten messages and 256 KB.
  private static List<List<Integer>> calls(List<String> bodies, List<Integer> indices) {
    List<List<Integer>> calls = new ArrayList<>();
    List<Integer> call = new ArrayList<>();
    int bytes = 0;
    for (int index : indices) {
      int size = bodies.get(index).getBytes(StandardCharsets.UTF_8).length;
      if (!call.isEmpty() && (call.size() == MAX_ENTRIES || bytes + size > MAX_CALL_BYTES)) {
        calls.add(call);
        call = new ArrayList<>();
        bytes = 0;
      }
      call.add(index);
      bytes += size;
    }
    if (!call.isEmpty()) {
      calls.add(call);
    }
    return calls;
  }

  private Map<Integer, Failure> call(List<String> bodies, List<Integer> indices) {
    Map<Integer, Failure> failures = new TreeMap<>();
    try {
      client
          .sendMessageBatch(it -> it.queueUrl(queueUrl).entries(entries(bodies, indices)))
          .failed()
          .forEach(it -> failures.put(Integer.valueOf(it.id()), failure(it)));
    } catch (SdkException e) {
      Failure all = new Failure(String.valueOf(e.getMessage()), true);
      indices.forEach(it -> failures.put(it, all));
    }
    return failures;
  }

  private static List<SendMessageBatchRequestEntry> entries(
      List<String> bodies, List<Integer> indices) {
    return indices.stream()
        .map(
            it ->
                SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(it))
                    .messageBody(bodies.get(it))
                    .build())
        .toList();
  }

  private static Failure failure(BatchResultErrorEntry entry) {
    return new Failure(
        entry.code() + ": " + entry.message(), Boolean.TRUE.equals(entry.senderFault()));
  }
}
