package io.gympulse.cloud.api.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every open connection of this process. A message is written once, whatever the number of
/// receivers; a client that does not keep up is dropped, never buffered for without bound.
///
/// Admitting and publishing exclude each other: between its hello and its first update a connection
/// misses nothing. Safe for any number of threads.
public final class Broadcast {
  private static final Logger log = LoggerFactory.getLogger(Broadcast.class);
  private static final ObjectWriter JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).build().writerFor(StreamMessage.class);

  private final Map<String, Subscriber> subscribers = new LinkedHashMap<>();
  private final AtomicLong dropped = new AtomicLong();

  /// Greets a connection and lets it hear what its audience hears from now on.
  synchronized void admit(
      String connection, Audience audience, Outlet outlet, StreamMessage.Hello hello) {
    Subscriber subscriber = new Subscriber(audience, outlet);
    subscriber.offer(written(hello));
    subscribers.put(connection, subscriber);
  }

  synchronized void leave(String connection) {
    subscribers.remove(connection);
  }

  /// Sends to those whose audience hears it.
  synchronized void publish(StreamMessage message, Predicate<Audience> hears) {
    String text = null;
    for (Iterator<Subscriber> all = subscribers.values().iterator(); all.hasNext(); ) {
      Subscriber subscriber = all.next();
      if (!hears.test(subscriber.audience())) {
        continue;
      }
      text = text == null ? written(message) : text;
      if (!subscriber.offer(text)) {
        all.remove();
        subscriber.drop();
        log.info("a slow stream client was dropped, {} so far", dropped.incrementAndGet());
      }
    }
  }

  public synchronized int connections() {
    return subscribers.size();
  }

  /// Clients dropped for being slow, since start.
  public long dropped() {
    return dropped.get();
  }

  private static String written(StreamMessage message) {
    try {
      return JSON.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stream message must be writable", e);
    }
  }
}
