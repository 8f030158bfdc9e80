package io.gympulse.local.things;

import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.local.pki.Fingerprint;
import java.util.Map;

/// A registered client with its only valid certificate. Its kind determines its policy.
public sealed interface Thing {

  ThingName name();

  /// SHA-256 fingerprint, 64 lower-case hexadecimal digits.
  String certificate();

  /// The values of the policy variables `iot:Connection.Thing.Attributes[...]`.
  Map<String, String> attributes();

  /// Such as `gateway gw-1 of gym downtown`.
  default String description() {
    return switch (this) {
      case Gateway it -> "gateway " + it.name() + " of gym " + it.address().gym();
      case Machine it -> "machine " + it.name() + " of gym " + it.gym();
      case Observer it -> "observer " + it.name();
      case Api it -> "API process " + it.name();
    };
  }

  /// Such as `gateway=gw-1 gym=downtown`.
  default String keyValues() {
    return switch (this) {
      case Gateway it -> "gateway=" + it.name() + " gym=" + it.address().gym();
      case Machine it -> "machine=" + it.name() + " gym=" + it.gym();
      case Observer it -> "observer=" + it.name();
      case Api it -> "api=" + it.name();
    };
  }

  /// A gym's gateway; its gym is the attribute `gym`.
  record Gateway(GatewayAddress address, String certificate) implements Thing {

    public Gateway {
      Fingerprint.require(certificate);
    }

    @Override
    public ThingName name() {
      return ThingName.of(address.gateway());
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of("gym", address.gym().value());
    }
  }

  /// A machine that reports its status by itself; its gym is the attribute `gym`.
  record Machine(GymId gym, MachineId machine, String certificate) implements Thing {

    public Machine {
      Fingerprint.require(certificate);
    }

    @Override
    public ThingName name() {
      return new ThingName(machine.value());
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of("gym", gym.value());
    }
  }

  /// A process that serves members and receives updates; belongs to no gym.
  record Api(ThingName name, String certificate) implements Thing {

    public Api {
      Fingerprint.require(certificate);
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of();
    }
  }

  /// A subscriber of rejected messages; belongs to no gym.
  record Observer(ThingName name, String certificate) implements Thing {

    public Observer {
      Fingerprint.require(certificate);
    }

    @Override
    public Map<String, String> attributes() {
      return Map.of();
    }
  }
}
