package io.gympulse.local;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Runs what waits for others' answers, so many at a time, each in a virtual thread. Closing
/// interrupts what runs and forgets what waits. Thread-safe.
final class Outgoing implements Executor, AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore room;

  Outgoing(int atOnce) {
    this.room = new Semaphore(atOnce);
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(() -> runWhenThereIsRoom(task));
  }

  private void runWhenThereIsRoom(Runnable task) {
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      task.run();
    } finally {
      room.release();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
