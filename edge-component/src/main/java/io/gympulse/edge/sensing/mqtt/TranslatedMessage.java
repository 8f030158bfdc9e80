package io.gympulse.edge.sensing.mqtt;

import java.nio.charset.StandardCharsets;

/// A message in the form that a sensor's mapping reads, made from one of another form or topic.
///
/// @param old whether it may repeat what was known before, as a retained message does
record TranslatedMessage(String topic, String text, boolean old) {

  byte[] payload() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
