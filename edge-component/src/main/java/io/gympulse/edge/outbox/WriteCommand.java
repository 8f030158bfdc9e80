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

/// A call for the writer thread, with the future that it completes.
sealed interface WriteCommand {
  CompletableFuture<?> done();

  /// Executes the command; returns what has to run once its effect is durable.
  Runnable applyTo(OutboxDatabase database) throws SQLException;

  /// Whether it has to wait while the outbox is full, and behind others that wait.
  default boolean needsRoom() {
    return false;
  }

  record Append(Occurrence occurrence, CompletableFuture<Sequence> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      Occurrence stored = database.append(occurrence);
      Sequence seq = database.lastSeq();
      return () -> {
        database.committed().setState(stored);
        done.complete(seq);
      };
    }

    @Override
    public boolean needsRoom() {
      return true;
    }
  }

  record MarkAlive(Stamp at, CompletableFuture<Void> done) implements WriteCommand {
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

  record Reserve(Sequence last, CompletableFuture<Void> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) {
      if (!database.reserve(last)) {
        OutboxException conflict =
            new OutboxException("numbers of the outbox are in use: it has to be renumbered first");
        return () -> done.completeExceptionally(conflict);
      }
      return () -> done.complete(null);
    }
  }

  record Acknowledge(List<SeqRange> ranges, CompletableFuture<Void> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      database.acknowledge(ranges);
      return () -> done.complete(null);
    }
  }

  record Quarantine(Sequence seq, String reason, CompletableFuture<Void> done)
      implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      database.quarantine(seq, reason);
      return () -> done.complete(null);
    }
  }

  record Release(List<SeqRange> ranges, CompletableFuture<Long> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      long released = database.release(ranges);
      return () -> done.complete(released);
    }
  }

  /// Runs in a transaction of its own, as it changes the numbers that earlier commands name.
  record Renumber(CompletableFuture<Boolean> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      boolean renumbered = database.renumber();
      return () -> done.complete(renumbered);
    }
  }

  record SetBootTime(BootId boot, Instant bootedAt, CompletableFuture<Long> done)
      implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      long restamped = database.setBootTime(boot, bootedAt);
      return () -> done.complete(restamped);
    }
  }

  record PutDocument(String name, ByteBuffer content, CompletableFuture<Void> done)
      implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      database.putDocument(name, bytes);
      return () -> done.complete(null);
    }
  }

  /// Ends the writer, as a reader has found the file to be damaged.
  record ReportDamage(SQLException damage, CompletableFuture<Void> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) throws SQLException {
      throw damage;
    }
  }

  /// Ends the writer thread.
  record Stop(CompletableFuture<Void> done) implements WriteCommand {
    @Override
    public Runnable applyTo(OutboxDatabase database) {
      return () -> done.complete(null);
    }
  }
}
