package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.api.updates.UpdateListener;
import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.broadcast.StreamMessage;
import io.gympulse.cloud.core.broadcast.StreamMessage.StreamCodec;
import io.gympulse.cloud.core.broadcast.SubscriptionFilter;
import io.gympulse.cloud.core.feed.FeedUpdate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open stream connections of this process, to which it sends the feed's updates, the feed's
/// status and members' alerts. A message is encoded once, whatever the number of receivers. A
/// client that does not keep up is dropped, so buffers are bounded.
///
/// Adding a connection and publishing exclude each other, so that a connection misses no update
/// after its hello. Thread-safe.
public final class StreamBroadcaster implements UpdateListener {
  private static final Logger log = LoggerFactory.getLogger(StreamBroadcaster.class);

  /// Characters of frames not yet taken by the network, of all clients together, beyond which slow
  /// clients are dropped earlier.
  static final long MAX_PENDING_CHARS = 8_000_000;

  private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
  private final AtomicLong pendingChars = new AtomicLong();
  private Optional<StreamMessage.Feed> feed = Optional.empty();
  private final AtomicLong dropped = new AtomicLong();
  private final DeliveryFigures figures = new DeliveryFigures();

  /// Adds a connection; sends it hello, the feed's status, and then the messages for its audience.
  ///
  /// @param connection a unique id
  synchronized void add(String connection, Subscriber subscriber, StreamMessage.Hello hello) {
    sendHello(subscriber, hello);
    subscribers.put(connection, subscriber);
  }

  /// Replaces a connection's audience and sends hello again; does nothing for an unknown
  /// connection.
  synchronized void subscribe(
      String connection, SubscriptionFilter audience, StreamMessage.Hello hello) {
    Subscriber subscriber = subscribers.get(connection);
    if (subscriber != null) {
      subscriber.subscribe(audience);
      sendHello(subscriber, hello);
    }
  }

  /// Sends a frame to one connection; does nothing for an unknown connection.
  synchronized void reply(String connection, String frame) {
    Subscriber subscriber = subscribers.get(connection);
    if (subscriber != null) {
      var _ = subscriber.send(frame, figures, pendingChars);
    }
  }

  synchronized void remove(String connection) {
    subscribers.remove(connection);
  }

  /// Closes the connections whose token has expired; their clients connect again with a new one.
  synchronized void closeExpired(Instant now) {
    subscribers
        .values()
        .removeIf(
            it -> {
              boolean expired = it.isExpired(now);
              if (expired) {
                it.close();
              }
              return expired;
            });
  }

  private void sendHello(Subscriber subscriber, StreamMessage.Hello hello) {
    var _ = subscriber.send(StreamCodec.encode(hello), figures, pendingChars);
    feed.ifPresent(
        it -> {
          var _ = subscriber.send(StreamCodec.encode(it), figures, pendingChars);
        });
  }

  @Override
  public void accept(FeedUpdate update) {
    publish(StreamMessage.of(update), audience -> audience.matches(update));
  }

  /// Sends the feed's status to all connections, and to later ones after their hello.
  @Override
  public synchronized void status(Status status) {
    StreamMessage.Feed message =
        switch (status) {
          case Status.Connected(var since) -> new StreamMessage.Feed(true, since);
          case Status.Disconnected(var since, _) -> new StreamMessage.Feed(false, since);
        };
    feed = Optional.of(message);
    publish(message, _ -> true);
  }

  /// Sends a message to the connections whose audience matches.
  void publish(StreamMessage message, Predicate<SubscriptionFilter> audience) {
    var _ = send(() -> StreamCodec.encode(message), it -> audience.test(it.audience()));
  }

  /// Sends a frame to a member's connections.
  ///
  /// @return per connection, completes with whether the network took the frame
  public List<CompletableFuture<Boolean>> sendTo(UserId user, String frame) {
    return send(() -> frame, it -> it.belongsTo(user));
  }

  private synchronized List<CompletableFuture<Boolean>> send(
      Supplier<String> frame, Predicate<Subscriber> receives) {
    String text = null;
    List<CompletableFuture<Boolean>> sent = new ArrayList<>();
    boolean memoryIsShort = pendingChars.get() > MAX_PENDING_CHARS;
    for (Iterator<Subscriber> all = subscribers.values().iterator(); all.hasNext(); ) {
      Subscriber subscriber = all.next();
      if (!receives.test(subscriber)) {
        continue;
      }
      if (subscriber.isTooSlow(memoryIsShort)) {
        all.remove();
        subscriber.close();
        figures.addFailed(1);
        log.info("dropped a slow stream client, {} since start", dropped.incrementAndGet());
        continue;
      }
      text = text == null ? frame.get() : text;
      sent.add(subscriber.send(text, figures, pendingChars));
    }
    return sent;
  }

  /// Open connections.
  public synchronized int connections() {
    return subscribers.size();
  }

  /// Clients dropped for being slow, since start.
  public long dropped() {
    return dropped.get();
  }

  /// Sent and failed frames since start.
  public DeliveryFigures figures() {
    return figures;
  }
}
