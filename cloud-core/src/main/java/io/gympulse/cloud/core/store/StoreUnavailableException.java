package io.gympulse.cloud.core.store;

import org.jspecify.annotations.Nullable;

/// The store cannot be used now; it may be later. The message says why.
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
