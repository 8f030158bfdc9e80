package io.gympulse.edge.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.edge.uplink.InMemoryUplink.Published;
import io.gympulse.process.ProcessClock;
import io.gympulse.process.TokenBucket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.aws.greengrass.model.ServiceError;
import software.amazon.awssdk.aws.greengrass.model.UnauthorizedError;

/// The cloud as a nucleus presents it to its components: AWS IoT Core with its limits, behind a
/// spooler of a limited size, or none. Switched by hand. Safe for any number of threads.
final class FakeIotCore {
  private static final int MAX_PAYLOAD_BYTES = 131_072;
  private static final int MAX_SLASHES = 7;
  private static final int MAX_TOPIC_BYTES = 256;
  private static final double PUBLISHES_PER_SECOND = 100;

  private final int spoolerBytes;
  private final Queue<Published> spooled = new ArrayDeque<>();
  private final List<Published> received = new ArrayList<>();
  private final Set<String> denied = new HashSet<>();
  private final Map<String, Consumer<byte[]>> subscribers = new HashMap<>();
  private final TokenBucket rate =
      new TokenBucket(PUBLISHES_PER_SECOND, PUBLISHES_PER_SECOND, ProcessClock.real().nanos());
  private boolean online = true;
  private int throttled;
  private int refused;

  /// @param spoolerBytes how many bytes of payload are kept while offline; 0 for no spooler
  FakeIotCore(int spoolerBytes) {
    this.spoolerBytes = spoolerBytes;
  }

  synchronized void online(boolean isOnline) {
    online = isOnline;
    while (online && !spooled.isEmpty()) {
      received.add(spooled.remove());
    }
  }

  /// Denies a topic by the component's access control.
  synchronized void deny(String topic) {
    denied.add(topic);
  }

  synchronized void allow(String topic) {
    denied.remove(topic);
  }

  synchronized void publish(String topic, byte[] payload) {
    requireAllowed(topic);
    if (payload.length > MAX_PAYLOAD_BYTES) {
      refused++;
      throw new ServiceError("The publish request payload size is over the limit");
    }
    String[] levels = topic.replaceFirst("^\\$aws/rules/[^/]+/", "").split("/", -1);
    if (levels.length - 1 > MAX_SLASHES || topic.getBytes(UTF_8).length > MAX_TOPIC_BYTES) {
      refused++;
      throw new ServiceError("The topic is over the limits");
    }
    if (!rate.take(1, ProcessClock.real().nanos())) {
      throttled++;
    }
    Published message = new Published(topic, new String(payload, UTF_8));
    if (online) {
      received.add(message);
    } else if (spooledBytes() + payload.length <= spoolerBytes) {
      spooled.add(message);
    } else {
      refused++;
      throw new ServiceError("Failed to add the message to the spooler: it is full or missing");
    }
  }

  private int spooledBytes() {
    return spooled.stream().mapToInt(it -> it.body().getBytes(UTF_8).length).sum();
  }

  synchronized void subscribe(String topic, Consumer<byte[]> subscriber) {
    requireAllowed(topic);
    if (!online) {
      throw new ServiceError("Subscribe failed: AWS_ERROR_MQTT5_OPERATION_FAILED_DUE_TO_OFFLINE");
    }
    subscribers.put(topic, subscriber);
  }

  private void requireAllowed(String topic) {
    if (denied.contains(topic)) {
      throw new UnauthorizedError("Principal is not authorized on " + topic);
    }
  }

  /// Sends a message to the subscriber of a topic.
  void send(String topic, byte[] payload) {
    Consumer<byte[]> subscriber;
    synchronized (this) {
      subscriber = subscribers.getOrDefault(topic, _ -> {});
    }
    subscriber.accept(payload);
  }

  synchronized List<Published> received() {
    return List.copyOf(received);
  }

  /// How many messages were accepted beyond the rate that a nucleus forwards.
  synchronized int throttled() {
    return throttled;
  }

  synchronized int refused() {
    return refused;
  }
}
