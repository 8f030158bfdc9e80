package io.gympulse.cloud.ingest;

import java.util.List;

/// What is to become of one message.
record Judgement(List<Write> writes, List<Reply> replies) {
  static final Judgement NOTHING = new Judgement(List.of(), List.of());
}
