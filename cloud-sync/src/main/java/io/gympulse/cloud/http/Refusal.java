package io.gympulse.cloud.http;

/// Ends the serving of a request with a fault; [HttpHandler] turns it into the answer. The stack is
/// not recorded since it is no fault of ours.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Fault fault;

  public Refusal(Fault fault) {
    super(fault.message(), null, false, false);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }
}
