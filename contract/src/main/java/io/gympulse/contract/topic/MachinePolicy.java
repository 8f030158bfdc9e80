package io.gympulse.contract.topic;

import static io.gympulse.contract.topic.PolicyWriter.THING;

import java.util.List;

/// The AWS IoT policy of a machine that reports its status by itself: it may publish on its own
/// status topic, by way of the broker or of Basic Ingest, and do nothing else.
///
/// A thing is named as its machine and carries its gym as the attribute `gym`.
public final class MachinePolicy {
  private static final String STATUS =
      "org/${iot:Connection.Thing.Attributes[gym]}/machines/" + THING + "/status";

  private MachinePolicy() {}

  /// @return the policy document as JSON
  public static String document(String region, String account) {
    return new PolicyWriter(region, account)
        .allowConnect()
        .allowPublish(List.of(STATUS, Topics.basicIngest(TopicRules.MACHINE_STATUS, STATUS)))
        .document();
  }
}
