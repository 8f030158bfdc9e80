package io.gympulse.cloud.core.feed;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The feed of a store in this process: the store signals when its position has advanced, and each
/// subscription reads on from its own position. A slow listener does not delay others; one that
/// throws ends its own subscription. A source that fails is read again after a second.
public final class FeedPump implements UpdateFeed, AutoCloseable {
  private static final int PAGE = 500;

  /// Reads updates of a store.
  public interface Source {
    /// Updates after a position, in order, at most `limit`.
    List<FeedUpdate> after(long position, int limit);
  }

  private final Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition advanced = lock.newCondition();
  private long position;
  private boolean closed;

  public FeedPump(Source source, long position) {
    this.source = source;
    this.position = position;
  }

  /// To be called when the updates up to `newest` can be read, or a read would block until they
  /// can.
  public void advanceTo(long newest) {
    lock.lock();
    try {
      position = Math.max(position, newest);
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long position() {
    lock.lock();
    try {
      return position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(long after, Consumer<FeedUpdate> listener) {
    long from = after > position() ? 0 : after;
    Thread thread = Thread.ofVirtual().name("feed").start(() -> deliver(from, listener));
    return thread::interrupt;
  }

  private void deliver(long from, Consumer<FeedUpdate> listener) {
    long delivered = from;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long known = awaitBeyond(delivered);
        List<FeedUpdate> page = read(delivered);
        for (FeedUpdate update : page) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          listener.accept(update);
          delivered = update.position();
        }
        // Positions may be skipped: replaced by later ones, or rolled back with their transaction.
        if (page.size() < PAGE) {
          delivered = Math.max(delivered, known);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<FeedUpdate> read(long delivered) throws InterruptedException {
    while (true) {
      try {
        return source.after(delivered, PAGE);
      } catch (RuntimeException e) {
        pause();
      }
    }
  }

  private void pause() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(1);
      while (left > 0 && !closed) {
        left = advanced.awaitNanos(left);
      }
      requireOpen();
    } finally {
      lock.unlock();
    }
  }

  private long awaitBeyond(long delivered) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOpen();
      while (position <= delivered) {
        advanced.await();
        requireOpen();
      }
      return position;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() throws InterruptedException {
    if (closed) {
      throw new InterruptedException("the feed is closed");
    }
  }

  /// Ends every subscription.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      advanced.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
