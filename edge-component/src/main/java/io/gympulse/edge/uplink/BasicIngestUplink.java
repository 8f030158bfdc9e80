package io.gympulse.edge.uplink;

import io.gympulse.contract.topic.TopicRule;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.uplink.UplinkSettings.TopicMode;
import java.util.concurrent.CompletableFuture;

/// Publishes messages that a topic rule takes on that rule's Basic Ingest topic, and all others on
/// their own topics. A message there that is no JSON is lost: no other rule receives it.
final class BasicIngestUplink implements Uplink {
  private final Uplink broker;

  BasicIngestUplink(Uplink broker) {
    this.broker = broker;
  }

  /// The uplink for a mode of topics.
  ///
  /// @param broker publishes on the topics that it is given
  static Uplink on(TopicMode topics, Uplink broker) {
    return switch (topics) {
      case PLAIN -> broker;
      case BASIC_INGEST -> new BasicIngestUplink(broker);
    };
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
  public CompletableFuture<String> ended() {
    return broker.ended();
  }

  @Override
  public void close() {
    broker.close();
  }
}
