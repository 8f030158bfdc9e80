package io.gympulse.edge.outbox;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.id.Sequence;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A call that waits for the writer thread, with the future it will complete.
sealed interface Write {
  CompletableFuture<?> done();

  /// Carries the call out; returns what is to happen once that is durable.
  Runnable applyTo(OutboxDatabase database) throws SQLException;

  /// Whether it has to wait while the outbox is full, and behind others that do.
  default boolean needsRoom() {
    return false;
  }

  record Append(Occurrence occurrence, CompletableFuture<Sequence> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      HeldEvent event = database.append(occurrence);
      return () -> {
        database.durable(event.occurrence());
        done.complete(event.seq());
      };
    }

    @Override
    public boolean needsRoom() {
      return true;
    }
  }

  record MarkAlive(Stamp at, CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) {
      database.markAlive(at);
      return () -> done.complete(null);
    }

    @Override
    public boolean needsRoom() {
      return true;
    }
  }

  record Reserve(Sequence last, CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) {
      if (!database.reserve(last)) {
        OutboxException copied = new OutboxException("the outbox is copied, a new one is to begin");
        return () -> done.completeExceptionally(copied);
      }
      return () -> done.complete(null);
    }
  }

  record Acknowledge(List<SeqRange> ranges, CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      database.acknowledge(ranges);
      return () -> done.complete(null);
    }
  }

  record Quarantine(Sequence seq, String reason, CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      database.quarantine(seq, reason);
      return () -> done.complete(null);
    }
  }

  record Release(List<SeqRange> ranges, CompletableFuture<Long> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      long released = database.release(ranges);
      return () -> done.complete(released);
    }
  }

  /// Has a transaction of its own, as it changes the numbers of what was called before.
  record Renew(CompletableFuture<Boolean> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      boolean renewed = database.renew();
      return () -> done.complete(renewed);
    }
  }

  record Synchronised(BootId boot, Instant bootedAt, CompletableFuture<Long> done)
      implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      long restamped = database.synchronised(boot, bootedAt);
      return () -> done.complete(restamped);
    }
  }

  record Keep(String name, ByteBuffer document, CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      byte[] bytes = new byte[document.remaining()];
      document.duplicate().get(bytes);
      database.keep(name, bytes);
      return () -> done.complete(null);
    }
  }

  /// The file was found to be damaged: the writer ends.
  record Damaged(SQLException damage, CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      throw damage;
    }
  }

  /// Ends the writer thread.
  record Stop(CompletableFuture<Void> done) implements Write {
    @Override
    public Runnable applyTo(OutboxDatabase database) {
      return () -> done.complete(null);
    }
  }
}
