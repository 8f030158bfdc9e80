package io.gympulse.edge.uplink;

import io.gympulse.contract.topic.TopicRules;
import io.gympulse.contract.topic.Topics;
import java.util.concurrent.CompletableFuture;

/// Publishes what topic rules take on their Basic Ingest topics, and all else as it is. A message
/// that is no JSON would vanish there: no other rule sees it.
final class BasicIngestUplink implements Uplink {
  private final Uplink broker;

  BasicIngestUplink(Uplink broker) {
    this.broker = broker;
  }

  @Override
  public void start(UplinkListener listener) {
    broker.start(listener);
  }

  @Override
  public CompletableFuture<Void> publish(String topic, byte[] payload) {
    return broker.publish(
        TopicRules.ofGateway(topic).map(it -> Topics.basicIngest(it, topic)).orElse(topic),
        payload);
  }

  @Override
  public void close() {
    broker.close();
  }
}
