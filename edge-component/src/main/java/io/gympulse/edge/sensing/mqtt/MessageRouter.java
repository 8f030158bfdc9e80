package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.edge.sensing.ReceivedMessage;
import io.gympulse.edge.sensing.SensorInput;
import io.gympulse.edge.sensing.SensorStats;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult;
import io.gympulse.edge.sensing.mqtt.MqttMessage.ReadResult.Defect;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.RateLimitedLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes messages by their topic to the sensors and devices that they are about, and passes what
/// these make of them to the receiver. Malformed payloads are logged once a minute per sensor,
/// unavailable devices once a minute per topic. Safe for several threads.
public final class MessageRouter {
  private static final Logger LOG = LoggerFactory.getLogger(MessageRouter.class);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Map<SensorId, MqttSensor> sensors = new LinkedHashMap<>();
  private final TopicIndex<MqttSensor> readings = new TopicIndex<>();
  private final TopicIndex<DeviceAvailability> availabilities = new TopicIndex<>();
  private final Set<TopicFilter> readingFilters = new LinkedHashSet<>();
  private final Set<TopicFilter> availabilityFilters = new LinkedHashSet<>();
  private final InstantSource clock;
  private final RateLimitedLog log =
      RateLimitedLog.onePer(LOG_INTERVAL, LOG, ProcessClock.real()::nanos);

  /// @param sensors those whose source is not MQTT are ignored
  /// @param clock the gateway's timeline
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised
  public MessageRouter(
      Collection<Sensor> sensors, InstantSource clock, Function<Instant, Optional<Instant>> wall) {
    this.clock = clock;
    Map<AvailabilityMapping, DeviceAvailability> devices = new HashMap<>();
    for (Sensor sensor : sensors) {
      if (sensor.source() instanceof SourceConfig.Mqtt source) {
        MqttSensor added = new MqttSensor(sensor, source, wall);
        this.sensors.put(sensor.id(), added);
        readings.add(source.mapping().topic(), added);
        readingFilters.add(source.mapping().topic());
        for (AvailabilityMapping it : source.mapping().availability()) {
          devices.computeIfAbsent(it, this::addDevice).sensors().add(added);
        }
      }
    }
  }

  private DeviceAvailability addDevice(AvailabilityMapping mapping) {
    DeviceAvailability device = new DeviceAvailability(mapping);
    availabilities.add(mapping.topic(), device);
    availabilityFilters.add(mapping.topic());
    return device;
  }

  Set<SensorId> sensors() {
    return Set.copyOf(sensors.keySet());
  }

  synchronized Map<SensorId, SensorStats> stats() {
    Map<SensorId, SensorStats> stats = new HashMap<>();
    sensors.forEach((id, sensor) -> stats.put(id, sensor.stats()));
    return stats;
  }

  synchronized Map<SensorId, List<ReceivedMessage>> messages() {
    Map<SensorId, List<ReceivedMessage>> messages = new HashMap<>();
    sensors.forEach((id, sensor) -> messages.put(id, sensor.messages()));
    return messages;
  }

  /// The topic filters to subscribe to, in this order: availability first, so that a retained level
  /// of an unavailable device is known to be outdated when it arrives. A filter that another one
  /// covers is left out, so that no broker sends a message twice.
  List<String> filters() {
    List<TopicFilter> all = new ArrayList<>(availabilityFilters);
    readingFilters.stream().filter(it -> !availabilityFilters.contains(it)).forEach(all::add);
    List<TopicFilter> needed = new ArrayList<>();
    for (TopicFilter filter : all) {
      if (needed.stream().noneMatch(it -> it.covers(filter))) {
        needed.removeIf(filter::covers);
        needed.add(filter);
      }
    }
    return needed.stream().map(TopicFilter::text).toList();
  }

  /// Handles a message with any payload.
  ///
  /// @param retained whether the broker had retained it
  public synchronized void received(
      String topic, byte[] payload, boolean retained, Consumer<SensorInput> receiver) {
    MqttMessage message = new MqttMessage(payload, retained);
    Instant arrival = clock.instant();
    availabilities.forEach(topic, it -> availability(it, message, arrival, receiver));
    readings.forEach(topic, it -> reading(it, topic, message, arrival, receiver));
  }

  private void reading(
      MqttSensor sensor,
      String topic,
      MqttMessage message,
      Instant arrival,
      Consumer<SensorInput> receiver) {
    MqttSensor.Outcome outcome = sensor.read(message, arrival);
    outcome.inputs().forEach(receiver);
    outcome.defect().ifPresent(it -> malformed(sensor, topic, it, message));
    if (outcome.inputs().isEmpty() && outcome.defect().isEmpty()) {
      LOG.trace("a message on {} has no new reading of {}", topic, sensor.id());
    }
  }

  private void availability(
      DeviceAvailability device,
      MqttMessage message,
      Instant arrival,
      Consumer<SensorInput> receiver) {
    if (message.isEmpty()) {
      unavailable(device, "topic cleared", receiver);
      return;
    }
    switch (device.read(message)) {
      case ReadResult.Value<Boolean>(Boolean available) -> {
        if (available) {
          if (!message.isRetained()) {
            device.sensors().forEach(it -> it.cameOnline(device.topic(), arrival));
          }
          available(device, receiver);
        } else {
          unavailable(device, "its device was reported as unavailable", receiver);
        }
      }
      case ReadResult.Nothing<Boolean> _ ->
          LOG.trace("a message on {} does not report availability", device.topic());
      case ReadResult.Malformed<Boolean>(Defect defect) ->
          device.sensors().stream()
              .filter(it -> !it.reads(device.topic()))
              .forEach(
                  it -> {
                    it.malformed(defect, arrival);
                    malformed(it, device.topic(), defect, message);
                  });
    }
  }

  private void available(DeviceAvailability device, Consumer<SensorInput> receiver) {
    String topic = device.topic();
    Set<SensorId> found = device.sensorsWhere(it -> it.available(topic));
    if (!found.isEmpty()) {
      LOG.info("{} reports the device of sensors {} as available", topic, found);
      Instant at = clock.instant();
      found.forEach(it -> receiver.accept(new SensorInput.SourceUp(it, at)));
    }
  }

  private void unavailable(
      DeviceAvailability device, String reason, Consumer<SensorInput> receiver) {
    String topic = device.topic();
    Set<SensorId> lost = device.sensorsWhere(it -> it.unavailable(topic, reason));
    if (!lost.isEmpty()) {
      log.warn(topic, "{}: sensors {} are unavailable: {}", topic, lost, reason);
      Instant at = clock.instant();
      lost.forEach(it -> receiver.accept(new SensorInput.Unavailable(it, at, reason)));
    }
  }

  private void malformed(MqttSensor sensor, String topic, Defect defect, MqttMessage message) {
    log.warn(
        "sensor " + sensor.id(),
        "sensor {}: a payload on {} is malformed: {}; it begins with '{}'",
        sensor.id(),
        topic,
        defect,
        message);
  }

  /// Handles the loss of the connection.
  synchronized void disconnected() {
    sensors.values().forEach(MqttSensor::disconnected);
  }

  /// Reports again which sensors are unavailable, after it was reported that the source runs.
  synchronized void reportUnavailable(Consumer<SensorInput> receiver) {
    Instant at = clock.instant();
    sensors.values().stream()
        .filter(MqttSensor::isUnavailable)
        .map(it -> new SensorInput.Unavailable(it.id(), at, it.unavailabilityReason()))
        .forEach(receiver);
  }
}
