package io.gympulse.cloud.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Records what is published. Fails for the first calls if asked to.
final class RecordingPublisher implements DevicePublisher {
  private final List<Message> messages = new ArrayList<>();
  private int failures;

  private record Message(String topic, ByteBuffer payload) {}

  static RecordingPublisher failing(int first) {
    RecordingPublisher published = new RecordingPublisher();
    published.failures = first;
    return published;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (failures > 0) {
      failures--;
      throw new IllegalStateException("the broker is unavailable");
    }
    messages.add(new Message(topic, ByteBuffer.wrap(payload)));
  }

  List<Acknowledgement> acks(GatewayAddress to) {
    return on(Topics.acks(to)).stream()
        .map(
            it ->
                switch (AcknowledgementCodec.decode(it)) {
                  case DecodeResult.Valid<Acknowledgement>(Acknowledgement ack) -> ack;
                  case DecodeResult.Invalid<Acknowledgement> bad ->
                      throw new AssertionError(bad.rejection());
                })
        .toList();
  }

  List<JsonNode> errors() {
    return on(Topics.ERRORS).stream().map(RecordingPublisher::json).toList();
  }

  int count() {
    return messages.size();
  }

  private List<byte[]> on(String topic) {
    return messages.stream()
        .filter(it -> it.topic().equals(topic))
        .map(it -> it.payload().array())
        .toList();
  }

  private static JsonNode json(byte[] payload) {
    try {
      return TestQueue.JSON.readTree(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
