package io.gympulse.cloud.core.floor;

/// A floor plan claims what another gym owns. The message names both.
public final class PlanConflictException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PlanConflictException(String message) {
    super(message);
  }
}
