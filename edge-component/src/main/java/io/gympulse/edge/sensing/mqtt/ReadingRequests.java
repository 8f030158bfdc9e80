package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.Sensor.Model;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.ReadingRequest;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Scheduler;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks devices for readings that the broker had not retained: once on each connection those of
/// which none has arrived 2 s after the subscription, at most 20 of them in a second. A sensor that
/// only reports that something happened is not asked, as its answer would look like that. Safe for
/// several threads.
final class ReadingRequests {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingRequests.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final Map<SensorId, ReadingRequest> requests = new LinkedHashMap<>();
  private final Map<String, Answered> answers = new LinkedHashMap<>();
  private final Scheduler scheduler;
  private final Set<SensorId> heard = new HashSet<>();
  private long connection;

  /// What an answer stands for.
  ///
  /// @param topic the topic of the readings
  private record Answered(String topic, JsonPointer within) {}

  /// @param sensors those whose source is not MQTT are ignored
  ReadingRequests(Collection<Sensor> sensors, Scheduler scheduler) {
    this.scheduler = scheduler;
    for (Sensor sensor : sensors) {
      if (sensor.source() instanceof SourceConfig.Mqtt source && holdsLevel(sensor)) {
        source.request().ifPresent(it -> add(sensor.id(), source.mapping().topic().text(), it));
      }
    }
  }

  private static boolean holdsLevel(Sensor sensor) {
    return sensor.behaviour().model() == Model.LEVEL || sensor.source().reportsEnd();
  }

  private void add(SensorId sensor, String readings, ReadingRequest request) {
    requests.put(sensor, request);
    request
        .answer()
        .ifPresent(
            it ->
                answers.put(
                    it.topic(), new Answered(readings, JsonPointer.compile(it.within().text()))));
  }

  /// The topics of answers that do not come on the topics of readings.
  Stream<String> answerTopics() {
    return answers.keySet().stream();
  }

  /// The message that an answer stands for; empty if it is none, or has nothing.
  Optional<TranslatedMessage> reading(String topic, byte[] payload) {
    Answered answered = answers.get(topic);
    if (answered == null
        || !(new MqttMessage(payload, true).json()
            instanceof ReadResult.Value<JsonNode>(JsonNode root))) {
      return Optional.empty();
    }
    JsonNode found = root.at(answered.within());
    return found.isMissingNode()
        ? Optional.empty()
        : Optional.of(new TranslatedMessage(answered.topic(), found.toString(), true));
  }

  /// Notes that a sensor needs no request on the present connection.
  synchronized void heard(SensorInput input) {
    if (input instanceof SensorInput.Reading) {
      heard.add(input.sensor());
    }
  }

  /// Begins to wait for readings on a connection.
  synchronized void begin(BrokerClient client) {
    long begun = ++connection;
    scheduler.after(PATIENCE, () -> ask(client, begun));
  }

  /// Ends asking, since the connection has ended.
  synchronized void end() {
    connection++;
    heard.clear();
  }

  private void ask(BrokerClient client, long begun) {
    Set<ReadingRequest> missing = new LinkedHashSet<>();
    synchronized (this) {
      if (connection != begun) {
        return;
      }
      requests.forEach(
          (sensor, request) -> {
            if (!heard.contains(sensor)) {
              missing.add(request);
            }
          });
    }
    if (!missing.isEmpty()) {
      LOG.info(
          "asking {} devices for readings: {}",
          missing.size(),
          missing.stream().map(ReadingRequest::topic).toList());
      next(client, begun, new ArrayDeque<>(missing));
    }
  }

  private synchronized void next(BrokerClient client, long begun, Queue<ReadingRequest> waiting) {
    ReadingRequest request = waiting.poll();
    if (request == null || connection != begun) {
      return;
    }
    var _ = client.publish(request.topic(), request.payload().getBytes(StandardCharsets.UTF_8));
    scheduler.after(INTERVAL, () -> next(client, begun, waiting));
  }
}
