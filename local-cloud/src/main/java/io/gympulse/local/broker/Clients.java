package io.gympulse.local.broker;

import io.gympulse.local.broker.LimitCounters.Limit;
import io.gympulse.local.things.Contact;
import io.gympulse.local.things.Registration;
import io.gympulse.local.things.ThingName;
import io.gympulse.local.things.ThingRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The connections whose CONNECT was accepted, by client id, and how often each certificate tries
/// to connect. Safe for many threads.
final class Clients {

  private static final int ATTEMPTS_REMEMBERED = 10_000;

  private final BrokerLimits limits;
  private final LimitCounters counters;
  private final InstantSource wall;
  private final Map<String, PacketGuard> connected = new ConcurrentHashMap<>();
  private final Map<ThingName, Contact> contacts = new ConcurrentHashMap<>();
  private final Map<String, Allowance> attempts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
          return size() > ATTEMPTS_REMEMBERED;
        }
      };

  /// @param wall real time, for the time of last contact
  Clients(BrokerLimits limits, LimitCounters counters, InstantSource wall) {
    this.limits = limits;
    this.counters = counters;
    this.wall = wall;
  }

  /// Whether whoever it is may try to connect now.
  ///
  /// @param certificate its fingerprint
  /// @param now monotonic nanoseconds
  synchronized boolean mayTry(String certificate, long now) {
    return attempts
        .computeIfAbsent(
            certificate, _ -> new Allowance(limits.connectsPerSecond(), limits.connectBurst(), now))
        .take(1, now);
  }

  Optional<PacketGuard> of(String clientId) {
    return Optional.ofNullable(connected.get(clientId));
  }

  void connected(ConnectedDevice device, PacketGuard guard) {
    connected.put(device.clientId(), guard);
    touched(device, true);
  }

  void gone(ConnectedDevice device, PacketGuard guard) {
    boolean current = connected.remove(device.clientId(), guard);
    touched(device, !current);
  }

  void touched(ConnectedDevice device, boolean isConnected) {
    contacts.put(device.thing(), new Contact(wall.instant(), isConnected));
  }

  /// When each thing was last heard of since the process started.
  Map<ThingName, Contact> contacts() {
    return Map.copyOf(contacts);
  }

  int count() {
    return connected.size();
  }

  int subscriptions() {
    return connected.values().stream().mapToInt(PacketGuard::subscriptions).sum();
  }

  /// Disconnects whoever's certificate is not registered any more. Whose registration cannot be
  /// read stays connected.
  ///
  /// @return why, by thing, registrations could not be read
  Map<ThingName, String> disconnectRevoked(ThingRegistry things) {
    Map<ThingName, String> unreadable = new HashMap<>();
    for (PacketGuard guard : List.copyOf(connected.values())) {
      Optional<ConnectedDevice> device = guard.device();
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
      Optional<Registration> registration, ConnectedDevice device, PacketGuard guard) {
    Optional<String> why = Registration.refusal(registration, device.certificate());
    if (why.isPresent()) {
      counters.count(Limit.REVOKED);
      guard.disconnect(Limits.Breach.REVOKED, why.get());
    }
  }

  /// Disconnects a client that lets too much wait.
  void disconnect(String clientId, Limits.Breach breach) {
    of(clientId).ifPresent(it -> it.disconnect(breach, breach.text()));
  }
}
