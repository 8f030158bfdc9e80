package io.gympulse.edge.outbox;

/// The outbox cannot be opened or used; the message says what to do.
public final class OutboxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutboxException(String message) {
    super(message);
  }

  OutboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
