package io.gympulse.local.policy;

import java.util.List;

/// What a policy permits to one device: the document with the device's values put in. Immutable.
public final class Permissions {

  record Statement(boolean allows, List<Glob> actions, List<Glob> resources) {

    boolean speaksOf(String action, String resource) {
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

  /// Decides whether the device may do something.
  ///
  /// @param name the client id, the topic or the topic filter, without the resource's prefix
  public Decision decide(PolicyAction action, String name) {
    String resource = resourcePrefix + action.resourceType() + "/" + name;
    Decision decision = Decision.NOT_ALLOWED;
    for (Statement statement : statements) {
      if (statement.speaksOf(action.wireName(), resource)) {
        if (!statement.allows()) {
          return Decision.DENIED;
        }
        decision = Decision.ALLOWED;
      }
    }
    return decision;
  }
}
