package io.gympulse.cloud.core.store;

import org.jspecify.annotations.Nullable;

/// The store cannot be used at the moment; a later attempt may succeed. The message contains the
/// cause.
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
