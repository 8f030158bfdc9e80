package io.gympulse.edge.uplink;

import io.gympulse.contract.topic.TopicRule;
import io.gympulse.contract.topic.Topics;
import java.util.concurrent.CompletableFuture;

/// Publishes messages that a topic rule takes on that rule's Basic Ingest topic, and all others on
/// their own topics. A message there that is no JSON is lost: no other rule receives it.
final class BasicIngestUplink implements Uplink {
  private final Uplink broker;

  BasicIngestUplink(Uplink broker) {
    this.broker = broker;
  }

  @Override
  public void start(Listener listener) {
    broker.start(listener);
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    return broker.publish(
        TopicRule.ofGateway(topic).map(it -> Topics.basicIngest(it, topic)).orElse(topic), payload);
  }

  @Override
  public void close() {
    broker.close();
  }
}
