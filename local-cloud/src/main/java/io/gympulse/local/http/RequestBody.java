package io.gympulse.local.http;

import io.netty.handler.codec.http.HttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;

/// The body of the request that a connection is receiving. Bytes beyond the free ones are charged
/// to the budget of all bodies. For the channel's event loop.
final class RequestBody {

  enum Result {
    OK,
    /// Longer than [HttpLimits#bodyBytes()].
    TOO_LARGE,
    /// The budget is used up.
    OVER_BUDGET
  }

  private final HttpLimits limits;
  private final SharedBudget budget;
  private final InetAddress source;
  private ByteArrayOutputStream received = new ByteArrayOutputStream(0);
  private int charged;

  /// @param source the client to which bytes are charged
  RequestBody(HttpLimits limits, SharedBudget budget, InetAddress source) {
    this.limits = limits;
    this.budget = budget;
    this.source = source;
  }

  InetAddress source() {
    return source;
  }

  /// Appends the content, unless a limit is reached.
  Result append(HttpContent content) {
    int length = received.size() + content.content().readableBytes();
    if (length > limits.bodyBytes()) {
      return Result.TOO_LARGE;
    }
    if (!charge(length)) {
      return Result.OVER_BUDGET;
    }
    try {
      content.content().readBytes(received, content.content().readableBytes());
    } catch (IOException e) {
      throw new IllegalStateException("an array output stream accepts all bytes", e);
    }
    return Result.OK;
  }

  private boolean charge(int length) {
    int chargeable = Math.max(0, length - limits.freeBytes());
    if (chargeable > charged) {
      if (!budget.take(source, chargeable - charged)) {
        return false;
      }
      charged = chargeable;
    }
    return true;
  }

  byte[] bytes() {
    return received.toByteArray();
  }

  /// Clears the body and leaves its charged bytes to the caller.
  ///
  /// @return the number of bytes, to be returned by [#giveBack]
  int detach() {
    int detached = charged;
    charged = 0;
    received = new ByteArrayOutputStream(0);
    return detached;
  }

  /// Returns detached bytes to the budget. Thread-safe.
  void giveBack(int detached) {
    budget.giveBack(source, detached);
  }

  /// Clears the body and returns its bytes to the budget.
  void discard() {
    int detached = detach();
    if (detached > 0) {
      giveBack(detached);
    }
  }
}
