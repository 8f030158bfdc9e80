package io.gympulse.local;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.broker.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Publishes what ingest answers through the broker. Safe for many threads.
final class BackToDevices implements DevicePublisher {

  private final Broker broker;
  private final AcknowledgementFault fault;

  BackToDevices(Broker broker, AcknowledgementFault fault) {
    this.broker = broker;
    this.fault = fault;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (!topic.equals(Topics.ERRORS)) {
      fault.beforeAcknowledgement();
    }
    try {
      broker.publish(topic, payload, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
