package io.gympulse.cloud.core.feed;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The feed of a store in this process: the store says when its position has grown, and each
/// subscription reads on from where it stands. A slow listener holds up nobody else; one that
/// throws ends its own subscription. A source that fails is asked again after a second.
public final class FeedPump implements UpdateFeed, AutoCloseable {
  private static final int PORTION = 500;

  /// Reads updates of a store.
  public interface Source {
    /// Updates after a position, in order, at most `limit`.
    List<FeedUpdate> after(long position, int limit);
  }

  private final Source source;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private long position;
  private boolean closed;

  public FeedPump(Source source, long position) {
    this.source = source;
    this.position = position;
  }

  /// To be called when the updates up to `newest` can be read, or a read would wait until they can.
  public void grownTo(long newest) {
    lock.lock();
    try {
      position = Math.max(position, newest);
      grown.signalAll();
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
        List<FeedUpdate> portion = read(delivered);
        for (FeedUpdate update : portion) {
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
          listener.accept(update);
          delivered = update.position();
        }
        // Positions may be skipped: replaced by later ones, or taken back with their transaction.
        if (portion.size() < PORTION) {
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
        return source.after(delivered, PORTION);
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
        left = grown.awaitNanos(left);
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
        grown.await();
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
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
