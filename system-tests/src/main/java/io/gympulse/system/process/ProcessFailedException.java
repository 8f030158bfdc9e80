package io.gympulse.system.process;

/// A process did not start, or ended unexpectedly. The message holds the end of its log.
public final class ProcessFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProcessFailedException(String message) {
    super(message);
  }
}
