package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.MqttMapping.AvailabilityMapping;
import io.gympulse.contract.mqtt.TopicFilter;
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
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Routes messages by their topic to the sensors and devices that they are about, and passes what
/// these make of them to the receiver. Malformed payloads are logged once a minute per sensor,
/// unavailable devices once a minute per topic. Safe for several threads.
final class MessageRouter {
  private static final Logger LOG = LoggerFactory.getLogger(MessageRouter.class);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Map<SensorId, MqttSensor> sensors = new LinkedHashMap<>();
  private final TopicIndex<MqttSensor> readings = new TopicIndex<>();
  private final TopicIndex<Device> availabilities = new TopicIndex<>();
  private final Set<TopicFilter> readingFilters = new LinkedHashSet<>();
  private final Set<TopicFilter> availabilityFilters = new LinkedHashSet<>();
  private final InstantSource clock;
  private final RateLimitedLog log =
      RateLimitedLog.onePer(LOG_INTERVAL, LOG, ProcessClock.real()::nanos);

  /// @param sensors those whose source is not MQTT are ignored
  /// @param clock the gateway's timeline
  /// @param wall the wall time of a moment on the timeline, while the wall clock is synchronised
  MessageRouter(
      Collection<Sensor> sensors, InstantSource clock, Function<Instant, Optional<Instant>> wall) {
    this.clock = clock;
    Map<AvailabilityMapping, Device> devices = new HashMap<>();
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

  private Device addDevice(AvailabilityMapping mapping) {
    Device device = new Device(mapping);
    availabilities.add(mapping.topic(), device);
    availabilityFilters.add(mapping.topic());
    return device;
  }

  /// A device, or a hub of devices, whose availability a topic reports.
  record Device(AvailabilityMapping mapping, ValueReader reader, List<MqttSensor> sensors) {
    Device(AvailabilityMapping mapping) {
      this(mapping, new ValueReader(mapping.location(), false), new ArrayList<>());
    }

    /// Whether the device is available, according to a message of its topic.
    ReadResult<Boolean> read(MqttMessage message) {
      return reader
          .read(message)
          .then(
              it -> {
                boolean online = mapping.online().contains(it.text());
                return online || mapping.offline().contains(it.text())
                    ? ReadResult.value(online)
                    : ReadResult.malformed(Defect.UNKNOWN_VALUE);
              });
    }

    private Set<SensorId> sensorsWhere(Predicate<MqttSensor> condition) {
      Set<SensorId> found = new LinkedHashSet<>();
      sensors.stream().filter(condition).map(MqttSensor::id).forEach(found::add);
      return found;
    }
  }

  Set<SensorId> sensors() {
    return Set.copyOf(sensors.keySet());
  }

  synchronized Map<SensorId, SensorStats> stats() {
    Map<SensorId, SensorStats> stats = new HashMap<>();
    sensors.forEach((id, sensor) -> stats.put(id, sensor.stats()));
    return stats;
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
  synchronized void received(
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
    switch (sensor.read(message, arrival)) {
      case ReadResult.Value<SensorInput.Reading>(SensorInput.Reading reading) ->
          receiver.accept(reading);
      case ReadResult.Nothing<SensorInput.Reading> _ ->
          LOG.trace("a message on {} has no new reading of {}", topic, sensor.id());
      case ReadResult.Malformed<SensorInput.Reading>(Defect defect) ->
          malformed(sensor, topic, defect, message);
    }
  }

  private void availability(
      Device device, MqttMessage message, Instant arrival, Consumer<SensorInput> receiver) {
    switch (device.read(message)) {
      case ReadResult.Value<Boolean>(Boolean available) -> {
        if (available) {
          available(device, receiver);
        } else {
          unavailable(device, receiver);
        }
      }
      case ReadResult.Nothing<Boolean> _ -> LOG.trace("{} was cleared", device.mapping().topic());
      case ReadResult.Malformed<Boolean>(Defect defect) ->
          device
              .sensors()
              .forEach(
                  it -> {
                    it.malformed(defect, arrival);
                    malformed(it, device.mapping().topic().text(), defect, message);
                  });
    }
  }

  private void available(Device device, Consumer<SensorInput> receiver) {
    String topic = device.mapping().topic().text();
    Set<SensorId> found = device.sensorsWhere(it -> it.available(topic));
    if (!found.isEmpty()) {
      LOG.info("{} reports the device of sensors {} as available", topic, found);
      Instant at = clock.instant();
      found.forEach(it -> receiver.accept(new SensorInput.SourceUp(it, at)));
    }
  }

  private void unavailable(Device device, Consumer<SensorInput> receiver) {
    String topic = device.mapping().topic().text();
    Set<SensorId> lost = device.sensorsWhere(it -> it.unavailable(topic));
    if (!lost.isEmpty()) {
      log.warn(topic, "{} reports the device of sensors {} as unavailable", topic, lost);
      reportUnavailable(lost, receiver);
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
    Set<SensorId> found = new LinkedHashSet<>();
    sensors.values().stream()
        .filter(MqttSensor::isUnavailable)
        .map(MqttSensor::id)
        .forEach(found::add);
    reportUnavailable(found, receiver);
  }

  private void reportUnavailable(Set<SensorId> found, Consumer<SensorInput> receiver) {
    Instant at = clock.instant();
    found.forEach(it -> receiver.accept(new SensorInput.Unavailable(it, at)));
  }

  /// Finds the values of all filters that match a topic: filters without wildcard by a map, the
  /// others one by one.
  private static final class TopicIndex<T> {
    private final Map<String, List<T>> exact = new HashMap<>();
    private final List<Entry<T>> wildcards = new ArrayList<>();

    private record Entry<T>(TopicFilter filter, T value) {}

    void add(TopicFilter filter, T value) {
      if (filter.hasWildcard()) {
        wildcards.add(new Entry<>(filter, value));
      } else {
        exact.computeIfAbsent(filter.text(), _ -> new ArrayList<>()).add(value);
      }
    }

    void forEach(String topic, Consumer<T> action) {
      exact.getOrDefault(topic, List.of()).forEach(action);
      for (Entry<T> entry : wildcards) {
        if (entry.filter.matches(topic)) {
          action.accept(entry.value);
        }
      }
    }
  }
}
