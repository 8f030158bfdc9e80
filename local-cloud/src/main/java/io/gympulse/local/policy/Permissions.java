package io.gympulse.local.policy;

import java.util.List;

/// The permissions of one device: a policy document with the device's values for its variables.
/// Immutable.
public final class Permissions {

  /// What a device requests, with the resource type that AWS IoT checks for it.
  public enum Action {
    CONNECT("iot:Connect", "client"),
    PUBLISH("iot:Publish", "topic"),
    SUBSCRIBE("iot:Subscribe", "topicfilter"),
    RECEIVE("iot:Receive", "topic");

    private final String wireName;
    private final String resourceType;

    Action(String wireName, String resourceType) {
      this.wireName = wireName;
      this.resourceType = resourceType;
    }
  }

  /// The result of an evaluation.
  public enum Decision {
    /// A statement allows the request and none denies it.
    ALLOWED,
    /// A statement denies the request, whether or not another one allows it.
    DENIED,
    /// No statement applies, which denies the request as well.
    NOT_ALLOWED;

    public boolean allowed() {
      return this == ALLOWED;
    }
  }

  record Statement(boolean allows, List<Glob> actions, List<Glob> resources) {

    boolean appliesTo(String action, String resource) {
      return actions.stream().anyMatch(pattern -> pattern.matches(action))
          && resources.stream().anyMatch(pattern -> pattern.matches(resource));
    }
  }

  private final String resourcePrefix;
  private final List<Statement> statements;

  Permissions(String resourcePrefix, List<Statement> statements) {
    this.resourcePrefix = resourcePrefix;
    this.statements = statements;
  }

  /// Evaluates a request.
  ///
  /// @param name the client id, topic or topic filter, without the ARN's prefix
  public Decision decide(Action action, String name) {
    String resource = resourcePrefix + action.resourceType + "/" + name;
    Decision decision = Decision.NOT_ALLOWED;
    for (Statement statement : statements) {
      if (statement.appliesTo(action.wireName, resource)) {
        if (!statement.allows()) {
          return Decision.DENIED;
        }
        decision = Decision.ALLOWED;
      }
    }
    return decision;
  }
}
