package io.gympulse.contract.id;

/// A gateway's address: its gym and its own id. The id alone is unique in the whole system.
public record GatewayAddress(GymId gym, GatewayId gateway) {
  @Override
  public String toString() {
    return gym + "/" + gateway;
  }
}
