package io.gympulse.cloud.ingest;

import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.BatchKind;
import io.gympulse.contract.message.RejectedRange;
import java.util.List;

/// Something to be said once the writes are durable, and not before.
sealed interface Reply {

  /// To the gateway on whose topic a batch came, whatever the batch says: nobody can make the cloud
  /// answer somebody else.
  ///
  /// @param outbox the speaker's, which the batch was of
  /// @param kind of the batch; a gateway that sends backlog waits for the answer
  record Answer(
      OutboxOf outbox, BatchKind kind, List<SeqRange> stored, List<RejectedRange> rejected)
      implements Reply {

    /// One for which its gateway waits.
    Answer(OutboxOf outbox, List<SeqRange> stored, List<RejectedRange> rejected) {
      this(outbox, BatchKind.BACKLOG, stored, rejected);
    }

    /// Whether it may be told a moment later, together with others.
    boolean mayWait() {
      return kind == BatchKind.LIVE && rejected.isEmpty();
    }
  }

  /// To the error topic.
  record Refusal(Reject reject) implements Reply {}
}
