package io.gympulse.cloud.notify;

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

/// Runs tasks of different keys in parallel, each key in a virtual thread, and tasks of one key in
/// order. While a task of a key runs, only the newest task of that key is queued; a task that it
/// replaces counts as done. Safe for any number of threads, but tasks are submitted by one.
///
/// @param <K> the tasks of a key run in order
final class KeyedExecutor<K> implements AutoCloseable {
  private static final long CLOSE_TIMEOUT_SECONDS = 5;

  private final Semaphore permits;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<K, Queue<Task>> queues = new HashMap<>();
  private final NavigableSet<Long> open = new TreeSet<>();
  private long newest;

  private record Task(long position, Runnable action) {}

  /// @param capacity tasks that are queued or run; [#submit] blocks while there are as many
  /// @param position up to which all tasks are done
  KeyedExecutor(int capacity, long position) {
    this.permits = new Semaphore(capacity);
    this.newest = position;
  }

  /// @param position larger than that of any task before
  void submit(K key, long position, Runnable action) throws InterruptedException {
    permits.acquire();
    Task task = new Task(position, action);
    if (startsNow(key, task)) {
      start(key, task);
    }
  }

  /// @return false if a task of the key runs: then this one is queued, in place of the queued one
  private synchronized boolean startsNow(K key, Task task) {
    newest = task.position();
    open.add(task.position());
    Queue<Task> queue = queues.get(key);
    if (queue == null) {
      queues.put(key, new ArrayDeque<>());
      return true;
    }
    Optional<Task> replaced = Optional.ofNullable(queue.poll());
    queue.add(task);
    replaced.ifPresent(this::done);
    return false;
  }

  private void start(K key, Task first) {
    try {
      threads.execute(() -> run(key, first));
    } catch (RejectedExecutionException e) {
      // Closed: tasks that are not done are run again by the next reader.
      Thread.currentThread().interrupt();
    }
  }

  private void run(K key, Task first) {
    Optional<Task> next = Optional.of(first);
    while (next.isPresent()) {
      next.get().action().run();
      next = after(key, next.get());
    }
  }

  private synchronized Optional<Task> after(K key, Task ended) {
    if (!Thread.currentThread().isInterrupted()) {
      done(ended);
    }
    Optional<Task> next =
        Optional.ofNullable(queues.get(key)).flatMap(it -> Optional.ofNullable(it.poll()));
    if (next.isEmpty()) {
      queues.remove(key);
    }
    return next;
  }

  private void done(Task task) {
    open.remove(task.position());
    permits.release();
  }

  /// The position up to which all tasks are done.
  synchronized long completedPosition() {
    return open.isEmpty() ? newest : open.first() - 1;
  }

  /// Interrupts running tasks and waits for their end, for at most [#CLOSE_TIMEOUT_SECONDS].
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean _ = threads.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
