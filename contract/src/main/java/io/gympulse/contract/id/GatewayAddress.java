package io.gympulse.contract.id;

/// Where a gateway stands: its gym and its own id, which is unique in the whole system.
public record GatewayAddress(GymId gym, GatewayId gateway) {
  @Override
  public String toString() {
    return gym + "/" + gateway;
  }
}
