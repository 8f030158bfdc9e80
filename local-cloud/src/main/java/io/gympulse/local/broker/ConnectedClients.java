package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.local.broker.MqttLimits.Violation;
import io.gympulse.local.things.LastContacts.Contact;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import io.gympulse.local.things.ThingRegistry.Registration;
import io.gympulse.process.TokenBucket;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The connections whose CONNECT was accepted, by client id; also limits the connection attempts of
/// each certificate. Thread-safe.
final class ConnectedClients {

  private static final int MAX_TRACKED_CERTIFICATES = 10_000;

  private final BrokerLimits limits;
  private final LimitCounters counters;
  private final InstantSource wall;
  private final Map<String, PacketGuard> connected = new ConcurrentHashMap<>();
  private final Map<ThingName, Contact> contacts = new ConcurrentHashMap<>();
  private final Map<String, TokenBucket> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MAX_TRACKED_CERTIFICATES;
        }
      };

  /// @param wall real time, for the time of last contact
  ConnectedClients(BrokerLimits limits, LimitCounters counters, InstantSource wall) {
    this.limits = limits;
    this.counters = counters;
    this.wall = wall;
  }

  /// Counts a connection attempt.
  ///
  /// @param certificate the client's fingerprint
  /// @param now monotonic nanoseconds
  /// @return false if there were too many
  synchronized boolean mayConnect(String certificate, long now) {
    return attempts
        .computeIfAbsent(
            certificate,
            _ -> new TokenBucket(limits.connectsPerSecond(), limits.connectBurst(), now))
        .take(1, now);
  }

  Optional<PacketGuard> of(String clientId) {
    return Optional.ofNullable(connected.get(clientId));
  }

  void add(DevicePrincipal device, PacketGuard guard) {
    connected.put(device.clientId(), guard);
    recordContact(device, true);
  }

  void remove(DevicePrincipal device, PacketGuard guard) {
    boolean current = connected.remove(device.clientId(), guard);
    recordContact(device, !current);
  }

  void recordContact(DevicePrincipal device, boolean isConnected) {
    contacts.put(device.thing(), new Contact(wall.instant(), isConnected));
  }

  /// The last contact of each thing since the process started.
  Map<ThingName, Contact> contacts() {
    return Map.copyOf(contacts);
  }

  int count() {
    return connected.size();
  }

  int subscriptions() {
    return connected.values().stream().mapToInt(PacketGuard::subscriptions).sum();
  }

  /// Disconnects clients whose certificate is not registered any more. A client whose registration
  /// cannot be read stays connected.
  ///
  /// @return by thing, why its registration could not be read
  Map<ThingName, String> disconnectRevoked(ThingRegistry things) {
    Map<ThingName, String> unreadable = new HashMap<>();
    for (PacketGuard guard : List.copyOf(connected.values())) {
      Optional<DevicePrincipal> device = guard.device();
      if (device.isPresent()) {
        ThingName thing = device.get().thing();
        try {
          disconnectRevoked(things.registration(thing), device.get(), guard);
        } catch (IOException e) {
          unreadable.put(thing, String.valueOf(e.getMessage()));
        }
      }
    }
    return unreadable;
  }

  private void disconnectRevoked(
      Optional<Registration> registration, DevicePrincipal device, PacketGuard guard) {
    Optional<String> refusal = Registration.refusal(registration, device.certificate());
    if (refusal.isPresent()) {
      counters.count(Limit.REVOKED);
      guard.disconnect(Violation.REVOKED, refusal.get());
    }
  }

  void disconnect(String clientId, Violation violation) {
    of(clientId).ifPresent(it -> it.disconnect(violation, violation.text()));
  }
}
