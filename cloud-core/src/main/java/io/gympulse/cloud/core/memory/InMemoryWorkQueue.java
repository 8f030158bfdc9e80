package io.gympulse.cloud.core.memory;

import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.DeadLetter;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.queue.WorkQueue;
import io.gympulse.cloud.core.queue.WorkSource;
import io.gympulse.cloud.core.queue.WorkSource.QueueSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A queue in maps, behind one lock. Messages are lost with the process.
public final class InMemoryWorkQueue implements WorkQueue, WorkSource {
  private record Held(Received message, Instant visibleAt) {}

  private final QueueSettings settings;
  private final InstantSource clock;
  private final Map<Long, Held> held = new TreeMap<>();
  private final List<DeadLetter> dead = new ArrayList<>();
  private volatile Runnable listener = () -> {};
  private long last;

  public InMemoryWorkQueue(QueueSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized List<Unsent> send(List<String> bodies) {
    List<Unsent> unsent = new ArrayList<>();
    for (int i = 0; i < bodies.size(); i++) {
      if (held.size() >= settings.capacity()) {
        unsent.add(new Unsent(i, "the queue is full"));
      } else {
        Instant now = clock.instant();
        hold(new Received(Long.toString(++last), bodies.get(i), now, 0), now);
      }
    }
    listener.run();
    return List.copyOf(unsent);
  }

  @Override
  public synchronized List<Received> receive(int most) {
    Instant now = clock.instant();
    moveExhausted(it -> !it.visibleAt().isAfter(now), Map.of());
    List<Received> due =
        held.values().stream()
            .filter(it -> !it.visibleAt().isAfter(now))
            .limit(most)
            .map(Held::message)
            .map(it -> new Received(it.id(), it.body(), it.sentAt(), it.receives() + 1))
            .toList();
    due.forEach(it -> hold(it, now.plus(settings.visibility())));
    return due;
  }

  private void moveExhausted(Predicate<Held> which, Map<String, String> reasons) {
    List<Received> exhausted =
        held.values().stream()
            .filter(which)
            .map(Held::message)
            .filter(it -> it.receives() >= settings.maxReceives())
            .toList();
    exhausted.forEach(it -> dead.add(letter(it, reasons.getOrDefault(it.id(), ""))));
    remove(exhausted.stream().map(Received::id).toList());
  }

  private DeadLetter letter(Received it, String reason) {
    return new DeadLetter(it.sentAt(), settings.name(), it.id(), it.receives(), reason, it.body());
  }

  private void hold(Received message, Instant visibleAt) {
    held.put(Long.valueOf(message.id()), new Held(message, visibleAt));
  }

  @Override
  public synchronized void remove(Collection<String> ids) {
    held.keySet().removeIf(it -> ids.contains(Long.toString(it)));
  }

  @Override
  public synchronized void fail(Map<String, String> reasons) {
    moveExhausted(it -> reasons.containsKey(it.message().id()), reasons);
  }

  @Override
  public synchronized long waiting() {
    return held.size();
  }

  @Override
  public void onArrival(Runnable listener) {
    this.listener = listener;
  }

  @Override
  public DeadLetterQueue deadLetters() {
    return new DeadLetters();
  }

  private final class DeadLetters implements DeadLetterQueue {
    @Override
    public List<DeadLetter> list(int limit) {
      synchronized (InMemoryWorkQueue.this) {
        return dead.stream().limit(limit).toList();
      }
    }

    @Override
    public RedriveResult redrive() {
      synchronized (InMemoryWorkQueue.this) {
        Instant now = clock.instant();
        int count = dead.size();
        dead.forEach(it -> hold(new Received(it.messageId(), it.body(), it.at(), 0), now));
        dead.clear();
        listener.run();
        return new RedriveResult.Moved(count, 0);
      }
    }
  }
}
