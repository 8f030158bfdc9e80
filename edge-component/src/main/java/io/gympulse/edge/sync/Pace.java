package io.gympulse.edge.sync;

/// When how much may be sent.
///
/// @param liveTurns how many live batches went out since the backlog had its turn
/// @param snapshotAt when the next snapshot is due, in monotonic nanoseconds
record Pace(TokenBucket tokens, int liveTurns, long snapshotAt) {

  Pace refilled(double perSecond, long now) {
    return new Pace(tokens.refilled(perSecond, now), liveTurns, snapshotAt);
  }

  Pace sent(boolean live) {
    return new Pace(tokens.less(), live ? liveTurns + 1 : 0, snapshotAt);
  }

  Pace snapshotSent(long nextAt) {
    return new Pace(tokens.less(), liveTurns, nextAt);
  }

  Pace snapshotNow(long now) {
    return new Pace(tokens, 0, now);
  }
}
