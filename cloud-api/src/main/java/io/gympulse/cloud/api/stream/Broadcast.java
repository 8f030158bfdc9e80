package io.gympulse.cloud.api.stream;

import io.gympulse.cloud.core.alert.UserId;
import io.gympulse.cloud.core.broadcast.Audience;
import io.gympulse.cloud.core.broadcast.DeliveryFigures;
import io.gympulse.cloud.core.broadcast.StreamCodec;
import io.gympulse.cloud.core.broadcast.StreamMessage;
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

/// Every open connection of this process. A message is written once, whatever the number of
/// receivers; a client that does not keep up is dropped, never buffered for without bound.
///
/// Admitting and publishing exclude each other: between its hello and its first update a connection
/// misses nothing. Safe for any number of threads.
public final class Broadcast {
  private static final Logger log = LoggerFactory.getLogger(Broadcast.class);

  /// Characters of frames that wait to be taken, of all clients together.
  static final long MOST_WAITING = 8_000_000;

  private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
  private final AtomicLong waiting = new AtomicLong();
  private Optional<StreamMessage.Feed> feed = Optional.empty();
  private final AtomicLong dropped = new AtomicLong();
  private final DeliveryFigures figures = new DeliveryFigures();

  /// Greets a connection, tells it how the feed is, and lets it hear what its audience hears from
  /// now on.
  ///
  /// @param connection an id that no other connection has
  synchronized void admit(String connection, Subscriber subscriber, StreamMessage.Hello hello) {
    greet(subscriber, hello);
    subscribers.put(connection, subscriber);
  }

  /// Changes what a connection hears, and greets it again; nothing happens if it has left.
  synchronized void subscribe(String connection, Audience audience, StreamMessage.Hello hello) {
    Subscriber subscriber = subscribers.get(connection);
    if (subscriber != null) {
      subscriber.subscribe(audience);
      greet(subscriber, hello);
    }
  }

  /// Sends a frame to one connection; nothing happens if it has left.
  synchronized void answer(String connection, String frame) {
    Subscriber subscriber = subscribers.get(connection);
    if (subscriber != null) {
      var _ = subscriber.send(frame, figures, waiting);
    }
  }

  /// Tells everybody, and whoever connects later, whether updates reach this process.
  synchronized void feed(StreamMessage.Feed status) {
    feed = Optional.of(status);
    publish(status, _ -> true);
  }

  private void greet(Subscriber subscriber, StreamMessage.Hello hello) {
    var _ = subscriber.send(StreamCodec.encode(hello), figures, waiting);
    feed.ifPresent(
        it -> {
          var _ = subscriber.send(StreamCodec.encode(it), figures, waiting);
        });
  }

  synchronized void leave(String connection) {
    subscribers.remove(connection);
  }

  /// Sends to those whose audience hears it.
  void publish(StreamMessage message, Predicate<Audience> hears) {
    var _ = send(() -> StreamCodec.encode(message), it -> hears.test(it.audience()));
  }

  /// Sends a frame to a member's open pages.
  ///
  /// @return per page, ends with whether the network took it
  List<CompletableFuture<Boolean>> tell(UserId user, String frame) {
    return send(() -> frame, it -> it.isOf(user));
  }

  private synchronized List<CompletableFuture<Boolean>> send(
      Supplier<String> frame, Predicate<Subscriber> concerned) {
    String text = null;
    List<CompletableFuture<Boolean>> sent = new ArrayList<>();
    boolean memoryIsShort = waiting.get() > MOST_WAITING;
    for (Iterator<Subscriber> all = subscribers.values().iterator(); all.hasNext(); ) {
      Subscriber subscriber = all.next();
      if (!concerned.test(subscriber)) {
        continue;
      }
      if (subscriber.lags(memoryIsShort)) {
        all.remove();
        subscriber.drop();
        figures.addFailed(1);
        log.info("a slow stream client was dropped, {} so far", dropped.incrementAndGet());
        continue;
      }
      text = text == null ? frame.get() : text;
      sent.add(subscriber.send(text, figures, waiting));
    }
    return sent;
  }

  public synchronized int connections() {
    return subscribers.size();
  }

  /// Clients dropped for being slow, since start.
  public long dropped() {
    return dropped.get();
  }

  /// How every frame fared.
  public DeliveryFigures figures() {
    return figures;
  }
}
