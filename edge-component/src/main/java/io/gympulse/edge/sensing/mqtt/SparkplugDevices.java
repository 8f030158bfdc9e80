package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.contract.floorplan.SourceConfig;
import io.gympulse.contract.mqtt.MqttPreset;
import io.gympulse.contract.mqtt.SparkplugAddress;
import io.gympulse.edge.sensing.mqtt.BrokerConnection.Scheduler;
import io.gympulse.edge.sensing.mqtt.SparkplugPayload.Metric;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Turns the messages of Sparkplug B into those that the mappings of its preset read: data as JSON
/// on the topic of the data, `birth` and `death` as text on the topics of the death certificates.
///
/// A birth certificate names the metrics; later data has only their aliases. Without one, as after
/// a restart of the gateway, a node is asked for it, at most once a minute. Safe for several
/// threads.
final class SparkplugDevices {
  private static final String REBIRTH = "Node Control/Rebirth";
  private static final String SESSION = "bdSeq";
  private static final int MOST_ALIASES = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long REBIRTH_NANOS = Duration.ofMinutes(1).toNanos();

  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Handler> handlers = new LinkedHashMap<>();
  private final Scheduler scheduler;
  private final InstantSource wall;
  private final LongSupplier nanos;
  private Optional<BrokerClient> client = Optional.empty();
  private long connection;

  private interface Handler {
    List<TranslatedMessage> handle(byte[] payload);
  }

  /// A metric by its alias.
  private record Known(String name, Optional<Integer> datatype) {}

  private static final class Node {
    private final SparkplugAddress address;
    private boolean mayAsk;
    private boolean born;
    private OptionalLong session = OptionalLong.empty();
    private OptionalLong askedAt = OptionalLong.empty();

    Node(SparkplugAddress address) {
      this.address = address;
    }
  }

  /// @param sensors those of other presets are ignored
  /// @param wall dates requests
  /// @param nanos monotonic
  SparkplugDevices(
      Collection<Sensor> sensors, Scheduler scheduler, InstantSource wall, LongSupplier nanos) {
    this.scheduler = scheduler;
    this.wall = wall;
    this.nanos = nanos;
    for (Sensor sensor : sensors) {
      if (sensor.source() instanceof SourceConfig.Mqtt source
          && source.preset() == MqttPreset.SPARKPLUG_B) {
        SparkplugAddress.ofDataTopic(source.mapping().topic().text())
            .ifPresent(it -> add(it, source.mayAsk()));
      }
    }
  }

  private void add(SparkplugAddress address, boolean mayAsk) {
    Node node = nodes.computeIfAbsent(address.node().dataTopic(), _ -> new Node(address.node()));
    node.mayAsk |= mayAsk;
    Device device = new Device(node, address);
    if (handlers.putIfAbsent(address.dataTopic(), device::data) != null) {
      return;
    }
    Handler nodeBirth = handlers.get(node.address.birthTopic());
    if (address.device().isEmpty()) {
      handlers.put(address.birthTopic(), it -> joined(born(node, it), device.birth(it)));
    } else {
      handlers.put(address.birthTopic(), device::birth);
      handlers.put(address.deathTopic(), _ -> device.death());
      if (nodeBirth == null) {
        handlers.put(node.address.birthTopic(), it -> born(node, it));
      }
    }
    handlers.put(node.address.deathTopic(), it -> died(node, it));
  }

  private static List<TranslatedMessage> joined(
      List<TranslatedMessage> first, List<TranslatedMessage> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /// The topics to subscribe to besides those of the mappings.
  Stream<String> birthTopics() {
    return handlers.keySet().stream().filter(SparkplugAddress::isBirthTopic);
  }

  /// What a message of Sparkplug stands for; empty if the topic is of no Sparkplug sensor.
  synchronized Optional<List<TranslatedMessage>> messages(String topic, byte[] payload) {
    return Optional.ofNullable(handlers.get(topic)).map(it -> it.handle(payload));
  }

  private static List<TranslatedMessage> born(Node node, byte[] payload) {
    node.born = true;
    node.session = session(payload);
    return List.of(new TranslatedMessage(node.address.deathTopic(), "birth", true));
  }

  /// A death certificate of an earlier connection of the node is ignored.
  private List<TranslatedMessage> died(Node node, byte[] payload) {
    OptionalLong died = session(payload);
    if (node.session.isPresent() && died.isPresent() && !node.session.equals(died)) {
      return List.of();
    }
    node.born = false;
    return List.of(new TranslatedMessage(node.address.deathTopic(), "death", false));
  }

  private static OptionalLong session(byte[] payload) {
    return SparkplugPayload.decode(payload).stream()
        .flatMap(it -> it.metrics().stream())
        .filter(it -> it.name().equals(Optional.of(SESSION)))
        .map(it -> it.json(Optional.empty()))
        .filter(JsonNode::isIntegralNumber)
        .mapToLong(JsonNode::asLong)
        .findFirst();
  }

  /// Begins to use a connection: nodes without a birth certificate after 2 s are asked for it.
  synchronized void begin(BrokerClient connected) {
    client = Optional.of(connected);
    long begun = ++connection;
    nodes.values().forEach(it -> it.born = false);
    scheduler.after(PATIENCE, () -> askUnborn(begun));
  }

  /// Ends the use of the connection.
  synchronized void end() {
    client = Optional.empty();
    connection++;
  }

  private synchronized void askUnborn(long begun) {
    if (connection == begun) {
      nodes.values().stream().filter(it -> !it.born).forEach(this::ask);
    }
  }

  private void ask(Node node) {
    long now = nanos.getAsLong();
    boolean recently = node.askedAt.isPresent() && now - node.askedAt.getAsLong() < REBIRTH_NANOS;
    if (node.mayAsk && !recently && client.isPresent()) {
      node.askedAt = OptionalLong.of(now);
      var _ =
          client
              .get()
              .publish(
                  node.address.commandTopic(),
                  SparkplugPayload.command(REBIRTH, wall.instant().toEpochMilli()));
    }
  }

  /// One device of a node, or the node itself, with the metrics of its birth certificate.
  private final class Device {
    private final Node node;
    private final SparkplugAddress address;
    private final Map<Long, Known> aliases = new HashMap<>();

    Device(Node node, SparkplugAddress address) {
      this.node = node;
      this.address = address;
    }

    List<TranslatedMessage> birth(byte[] payload) {
      Optional<SparkplugPayload> decoded = SparkplugPayload.decode(payload);
      if (decoded.isEmpty()) {
        return List.of(unreadable(payload));
      }
      aliases.clear();
      for (Metric it : decoded.get().metrics()) {
        if (it.name().isPresent() && it.alias().isPresent() && aliases.size() < MOST_ALIASES) {
          aliases.put(it.alias().getAsLong(), new Known(it.name().get(), it.datatype()));
        }
      }
      List<TranslatedMessage> messages = new ArrayList<>();
      if (address.device().isPresent()) {
        messages.add(new TranslatedMessage(address.deathTopic(), "birth", true));
      }
      messages.add(json(decoded.get(), true));
      return messages;
    }

    List<TranslatedMessage> death() {
      return List.of(new TranslatedMessage(address.deathTopic(), "death", false));
    }

    List<TranslatedMessage> data(byte[] payload) {
      Optional<SparkplugPayload> decoded = SparkplugPayload.decode(payload);
      return List.of(decoded.map(it -> json(it, false)).orElseGet(() -> unreadable(payload)));
    }

    /// So that it counts as a malformed message of the device's sensors.
    private TranslatedMessage unreadable(byte[] payload) {
      return new TranslatedMessage(
          address.dataTopic(), "no Sparkplug payload of %d bytes".formatted(payload.length), false);
    }

    private TranslatedMessage json(SparkplugPayload payload, boolean old) {
      ObjectNode root = JsonNodeFactory.instance.objectNode();
      payload.timestamp().ifPresent(it -> root.put("timestamp", it));
      ObjectNode metrics = root.putObject("metrics");
      for (Metric metric : payload.metrics()) {
        Optional<Known> known = known(metric);
        if (known.isEmpty()) {
          ask(node);
        } else if (!metric.historical()) {
          metrics.set(known.get().name(), metric.json(known.get().datatype()));
        }
      }
      return new TranslatedMessage(address.dataTopic(), root.toString(), old);
    }

    private Optional<Known> known(Metric metric) {
      return metric
          .name()
          .map(it -> new Known(it, metric.datatype()))
          .or(
              () ->
                  metric.alias().isPresent()
                      ? Optional.ofNullable(aliases.get(metric.alias().getAsLong()))
                      : Optional.empty());
    }
  }
}
