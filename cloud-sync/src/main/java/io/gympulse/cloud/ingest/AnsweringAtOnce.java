package io.gympulse.cloud.ingest;

import io.gympulse.cloud.core.gateway.DevicePublisher;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.topic.Topics;
import java.util.Collection;

/// Publishes every answer as it comes. Safe for any number of threads.
record AnsweringAtOnce(DevicePublisher publisher) implements Answering {

  @Override
  public void answer(OutboxOf outbox, Collection<Reply.Answer> answers) {
    String topic = Topics.acks(outbox.to());
    Answers.merge(outbox, answers)
        .forEach(it -> publisher.publish(topic, AcknowledgementCodec.encode(it)));
  }
}
