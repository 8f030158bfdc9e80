package io.gympulse.contract.floorplan;

/// A floor plan is missing or not valid. The message names the file, the field and the remedy.
public final class FloorPlanException extends Exception {
  private static final long serialVersionUID = 1;

  public FloorPlanException(String message) {
    super(message);
  }
}
