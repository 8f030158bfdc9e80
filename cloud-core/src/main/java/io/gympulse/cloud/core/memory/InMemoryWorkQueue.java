package io.gympulse.cloud.core.memory;

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

/// A queue in maps, behind one lock. Messages are lost with the process.
public final class InMemoryWorkQueue implements WorkQueue, WorkSource {
  private record Held(Received message, Instant visibleAt) {}

  private final QueueSettings settings;
  private final InstantSource clock;
  private final Map<Long, Held> held = new TreeMap<>();
  private final List<Received> dead = new ArrayList<>();
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
    return List.copyOf(unsent);
  }

  @Override
  public synchronized List<Received> receive(int most) {
    Instant now = clock.instant();
    moveExhausted(now);
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

  private void moveExhausted(Instant now) {
    List<Received> exhausted =
        held.values().stream()
            .filter(it -> !it.visibleAt().isAfter(now))
            .map(Held::message)
            .filter(it -> it.receives() >= settings.maxReceives())
            .toList();
    dead.addAll(exhausted);
    remove(exhausted.stream().map(Received::id).toList());
  }

  private void hold(Received message, Instant visibleAt) {
    held.put(Long.valueOf(message.id()), new Held(message, visibleAt));
  }

  @Override
  public synchronized void remove(Collection<String> ids) {
    held.keySet().removeIf(it -> ids.contains(Long.toString(it)));
  }

  @Override
  public synchronized long waiting() {
    return held.size();
  }

  @Override
  public synchronized List<Received> deadLetters(int most) {
    return dead.stream().limit(most).toList();
  }

  @Override
  public synchronized int redrive() {
    Instant now = clock.instant();
    int count = dead.size();
    dead.forEach(it -> hold(new Received(it.id(), it.body(), it.sentAt(), 0), now));
    dead.clear();
    return count;
  }
}
