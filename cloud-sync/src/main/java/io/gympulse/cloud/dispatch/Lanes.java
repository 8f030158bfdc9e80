package io.gympulse.cloud.dispatch;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Does work of different keys side by side, each key in a virtual thread, and work of one key in
/// its order. Of a key whose work is under way only the newest waits: what it replaces counts as
/// done. Safe for any number of threads, but work is handed in by one.
///
/// @param <K> what has an order
final class Lanes<K> implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final Semaphore room;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<K, Queue<Work>> lanes = new HashMap<>();
  private final NavigableSet<Long> open = new TreeSet<>();
  private long newest;

  private record Work(long position, Runnable task) {}

  /// @param most works that wait or are under way; who hands in more waits
  /// @param position up to which all is done
  Lanes(int most, long position) {
    this.room = new Semaphore(most);
    this.newest = position;
  }

  /// Hands in work.
  ///
  /// @param position larger than that of any work before
  void add(K key, long position, Runnable task) throws InterruptedException {
    room.acquire();
    Work work = new Work(position, task);
    if (begins(key, work)) {
      begin(key, work);
    }
  }

  /// @return false if the key's work is under way: then this waits, in the place of what waited
  private synchronized boolean begins(K key, Work work) {
    newest = work.position();
    open.add(work.position());
    Queue<Work> lane = lanes.get(key);
    if (lane == null) {
      lanes.put(key, new ArrayDeque<>());
      return true;
    }
    Optional<Work> replaced = Optional.ofNullable(lane.poll());
    lane.add(work);
    replaced.ifPresent(this::done);
    return false;
  }

  private void begin(K key, Work first) {
    try {
      threads.execute(() -> run(key, first));
    } catch (RejectedExecutionException e) {
      // Closed: what is not done is done again by the next reader.
      Thread.currentThread().interrupt();
    }
  }

  private void run(K key, Work first) {
    Optional<Work> next = Optional.of(first);
    while (next.isPresent()) {
      next.get().task().run();
      next = after(key, next.get());
    }
  }

  private synchronized Optional<Work> after(K key, Work ended) {
    if (!Thread.currentThread().isInterrupted()) {
      done(ended);
    }
    Optional<Work> next =
        Optional.ofNullable(lanes.get(key)).flatMap(it -> Optional.ofNullable(it.poll()));
    if (next.isEmpty()) {
      lanes.remove(key);
    }
    return next;
  }

  private void done(Work work) {
    open.remove(work.position());
    room.release();
  }

  /// The position up to which all work is done.
  synchronized long done() {
    return open.isEmpty() ? newest : open.first() - 1;
  }

  /// Interrupts what is under way and waits for its end, some seconds at most.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean _ = threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
