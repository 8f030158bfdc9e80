package io.gympulse.system.process;

/// A process did not start, or ended when it should not have. The message holds its last words.
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProcessFailedException(String message) {
    super(message);
  }
}
