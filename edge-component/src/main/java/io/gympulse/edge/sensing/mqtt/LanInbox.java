package io.gympulse.edge.sensing.mqtt;

import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SensorSource;
import io.gympulse.contract.id.SensorId;
import io.gympulse.contract.mqtt.AvailabilityMapping;
import io.gympulse.contract.mqtt.TopicFilter;
import io.gympulse.edge.sensing.Complaints;
import io.gympulse.edge.sensing.ReadingSource;
import io.gympulse.edge.sensing.SensorReport;
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
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns messages into readings, each by its sensor's mapping, and keeps count. What cannot be read
/// and devices that are away are each logged at most once in 10 s. Safe for several threads.
final class LanInbox {
  private static final Logger LOG = LoggerFactory.getLogger(LanInbox.class);
  private static final Duration QUIET_FOR = Duration.ofSeconds(10);

  private final Map<SensorId, LanSensor> sensors = new LinkedHashMap<>();
  private final TopicIndex<LanSensor> readings = new TopicIndex<>();
  private final TopicIndex<Availability> availabilities = new TopicIndex<>();
  private final Set<TopicFilter> readingFilters = new LinkedHashSet<>();
  private final Set<TopicFilter> availabilityFilters = new LinkedHashSet<>();
  private final InstantSource clock;
  private final Complaints complaints;
  private final Complaints absences;

  /// @param sensors those whose source is MQTT are watched
  /// @param clock the gateway's time line
  /// @param wall what the wall clock shows at a moment of it, if it is right
  LanInbox(
      Collection<Sensor> sensors, InstantSource clock, Function<Instant, Optional<Instant>> wall) {
    this.clock = clock;
    this.complaints = new Complaints(clock, QUIET_FOR);
    this.absences = new Complaints(clock, QUIET_FOR);
    Map<AvailabilityMapping, Availability> known = new HashMap<>();
    for (Sensor sensor : sensors) {
      if (sensor.source() instanceof SensorSource.Mqtt source) {
        LanSensor watched = new LanSensor(sensor, source, wall);
        this.sensors.put(sensor.id(), watched);
        readings.add(source.mapping().topic(), watched);
        readingFilters.add(source.mapping().topic());
        for (AvailabilityMapping it : source.mapping().availability()) {
          known.computeIfAbsent(it, this::availability).behind().add(watched);
        }
      }
    }
  }

  private Availability availability(AvailabilityMapping mapping) {
    Availability made =
        new Availability(mapping, new ValueReader(mapping.place()), new ArrayList<>());
    availabilities.add(mapping.topic(), made);
    availabilityFilters.add(mapping.topic());
    return made;
  }

  private record Availability(
      AvailabilityMapping mapping, ValueReader reader, List<LanSensor> behind) {}

  Set<SensorId> sensors() {
    return Set.copyOf(sensors.keySet());
  }

  /// What to subscribe to, in this order: availability first, so that a kept level of a device that
  /// is away is known to be outdated when it arrives. What another filter covers is left out, so
  /// that no broker sends a message twice.
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

  /// Takes a message, whatever it holds.
  ///
  /// @param retained whether the broker had kept it for whoever subscribes
  synchronized void received(
      String topic, byte[] payload, boolean retained, ReadingSource.Listener listener) {
    Message message = new Message(payload, retained);
    availabilities.forEach(topic, it -> availability(it, message, listener));
    Instant arrival = clock.instant();
    readings.forEach(
        topic,
        sensor -> {
          switch (sensor.take(message, arrival)) {
            case LanSensor.Outcome.News it -> listener.reading(it.reading());
            case LanSensor.Outcome.NoNews _ -> LOG.trace("{} is no news of {}", topic, sensor.id());
            case LanSensor.Outcome.Unreadable it -> complain(sensor, it.fault(), topic, message);
          }
        });
  }

  private void availability(
      Availability availability, Message message, ReadingSource.Listener listener) {
    AvailabilityMapping mapping = availability.mapping();
    switch (availability.reader().read(message)) {
      case ValueReader.Value.Said it when mapping.online().include(it.text()) ->
          back(availability, listener);
      case ValueReader.Value.Said it when mapping.offline().include(it.text()) ->
          away(availability, listener);
      case ValueReader.Value.Said _ ->
          unreadable(availability, Payload.Fault.UNKNOWN_VALUE, message);
      case ValueReader.Value.Empty _ -> LOG.trace("{} was cleared", mapping.topic());
      case ValueReader.Value.Absent _ -> unreadable(availability, Payload.Fault.NO_VALUE, message);
      case ValueReader.Value.Unreadable it -> unreadable(availability, it.fault(), message);
    }
  }

  private static void back(Availability availability, ReadingSource.Listener listener) {
    String topic = availability.mapping().topic().text();
    Set<SensorId> found = new LinkedHashSet<>();
    for (LanSensor sensor : availability.behind()) {
      if (sensor.back(topic)) {
        found.add(sensor.id());
      }
    }
    if (!found.isEmpty()) {
      LOG.info("{} says that the device of {} is back", topic, found);
      listener.available(found);
    }
  }

  private void away(Availability availability, ReadingSource.Listener listener) {
    String topic = availability.mapping().topic().text();
    Set<SensorId> lost = new LinkedHashSet<>();
    for (LanSensor sensor : availability.behind()) {
      if (sensor.away(topic)) {
        lost.add(sensor.id());
      }
    }
    if (!lost.isEmpty()) {
      if (absences.add()) {
        LOG.warn(
            "{} says that the device of {} is away; {} such so far", topic, lost, absences.count());
      }
      listener.unavailable(lost, topic + " says so");
    }
  }

  private void unreadable(Availability availability, Payload.Fault fault, Message message) {
    for (LanSensor sensor : availability.behind()) {
      var _ = sensor.malformed(fault);
      complain(sensor, fault, availability.mapping().topic().text(), message);
    }
  }

  private void complain(LanSensor sensor, Payload.Fault fault, String topic, Message message) {
    if (complaints.add()) {
      LOG.warn(
          "sensor {}: a payload on {} cannot be read: {}; {} so far, this one begins '{}'",
          sensor.id(),
          topic,
          fault,
          complaints.count(),
          message.excerpt());
    }
  }

  /// No message can arrive until there is a new connection.
  synchronized void cutOff() {
    sensors.values().forEach(LanSensor::cutOff);
  }

  /// Says again which devices are away, for a listener who has been told that readings arrive.
  synchronized void tellAbsences(ReadingSource.Listener listener) {
    Set<SensorId> away = new LinkedHashSet<>();
    for (LanSensor sensor : sensors.values()) {
      if (sensor.isAway()) {
        away.add(sensor.id());
      }
    }
    if (!away.isEmpty()) {
      listener.unavailable(away, "their devices were said to be away");
    }
  }

  synchronized Map<SensorId, SensorReport> report() {
    Map<SensorId, SensorReport> reports = new HashMap<>();
    sensors.forEach((id, sensor) -> reports.put(id, sensor.report()));
    return reports;
  }
}
