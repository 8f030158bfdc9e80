package io.gympulse.cloud.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.Decoded;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A broker that keeps what it was given, and refuses the first few.
final class Published implements DevicePublisher {
  private final List<Message> messages = new ArrayList<>();
  private int refusals;

  private record Message(String topic, ByteBuffer payload) {}

  static Published refusing(int first) {
    Published published = new Published();
    published.refusals = first;
    return published;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    if (refusals > 0) {
      refusals--;
      throw new IllegalStateException("the broker is away");
    }
    messages.add(new Message(topic, ByteBuffer.wrap(payload)));
  }

  List<Acknowledgement> acks(GatewayAddress to) {
    return on(Topics.acks(to)).stream()
        .map(
            it ->
                switch (AcknowledgementCodec.decode(it)) {
                  case Decoded.Valid<Acknowledgement>(Acknowledgement ack) -> ack;
                  case Decoded.Invalid<Acknowledgement> bad ->
                      throw new AssertionError(bad.rejection());
                })
        .toList();
  }

  List<JsonNode> errors() {
    return on(Topics.ERRORS).stream().map(Published::json).toList();
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
      return Queue.JSON.readTree(payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
