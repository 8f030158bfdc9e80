package io.gympulse.local.policy;

/// What a device asks to do, with the resource type that AWS IoT checks for it.
public enum PolicyAction {
  CONNECT("iot:Connect", "client"),
  PUBLISH("iot:Publish", "topic"),
  SUBSCRIBE("iot:Subscribe", "topicfilter"),
  RECEIVE("iot:Receive", "topic");

  private final String wireName;
  private final String resourceType;

  PolicyAction(String wireName, String resourceType) {
    this.wireName = wireName;
    this.resourceType = resourceType;
  }

  /// The name in a policy document, such as `iot:Connect`.
  public String wireName() {
    return wireName;
  }

  /// The part of the resource's name before the first slash: client, topic or topicfilter.
  public String resourceType() {
    return resourceType;
  }
}
