package io.gympulse.cloud.ingest;

import java.util.Collection;

/// Tells gateways what the store holds of their events, at once or a moment later.
interface Answering {

  /// @param answers all to one gateway, about one outbox; their writes are durable
  /// @throws RuntimeException if they can neither be published nor kept for later; their messages
  ///     then have to come again
  void answer(OutboxOf outbox, Collection<Reply.Answer> answers);
}
