package io.gympulse.edge.outbox;

import io.gympulse.contract.id.MachineId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The outbox as of its last commit. Readers may use any number of threads; only the writer's
/// thread publishes.
final class CommittedState {
  private final ReadWriteLock identity = new ReentrantReadWriteLock();
  private final AtomicLong commits = new AtomicLong();
  private final Map<MachineId, Occurrence> states;
  private volatile OutboxMetadata metadata;

  CommittedState(OutboxMetadata metadata, Map<MachineId, Occurrence> states) {
    this.metadata = metadata;
    this.states = new ConcurrentHashMap<>(states);
  }

  interface Commit {
    void run() throws SQLException;
  }

  /// Runs a commit and publishes its result. A commit that changes the outbox's id excludes readers
  /// that hold [#readLock].
  ///
  /// @param changed whether the commit changes the file
  void publish(OutboxMetadata next, boolean changed, Commit commit) throws SQLException {
    if (next.id().equals(metadata.id())) {
      commitAndShow(next, changed, commit);
      return;
    }
    identity.writeLock().lock();
    try {
      commitAndShow(next, changed, commit);
    } finally {
      identity.writeLock().unlock();
    }
  }

  private void commitAndShow(OutboxMetadata next, boolean changed, Commit commit)
      throws SQLException {
    commit.run();
    if (changed) {
      commits.incrementAndGet();
    }
    metadata = next;
  }

  /// Sets a machine's last state, once its event is committed.
  void setState(Occurrence occurrence) {
    states.put(occurrence.machine(), occurrence);
  }

  OutboxMetadata metadata() {
    return metadata;
  }

  /// Held while several values are read that must belong to one outbox id.
  Lock readLock() {
    return identity.readLock();
  }

  /// Each machine's last durable occurrence.
  Map<MachineId, Occurrence> lastStates() {
    Boots boots = metadata.boots();
    Map<MachineId, Occurrence> resolved = new HashMap<>(states);
    resolved.replaceAll((_, it) -> it.at(boots.resolved(it.stamp())));
    return resolved;
  }

  /// Commits since the opening that changed the file.
  long commits() {
    return commits.get();
  }
}
